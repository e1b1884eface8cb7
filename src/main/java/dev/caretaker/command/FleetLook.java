package dev.caretaker.command;

import dev.caretaker.adapter.ec2.Ec2Checkup;
import dev.caretaker.adapter.ec2.Ec2Settings;
import dev.caretaker.api.SpotFleet;
import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.mapping.FleetPolicyParser;
import dev.caretaker.mapping.FleetProgressCodec;
import dev.caretaker.mapping.Parsed;
import dev.caretaker.mapping.Problem;
import dev.caretaker.operator.Causes;
import dev.caretaker.operator.RealMarkets;
import dev.caretaker.pass.FleetReading;
import dev.caretaker.plan.FleetForecast;
import dev.caretaker.plan.FleetPlan;
import dev.caretaker.port.FleetPort;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** One look at a fleet's machines and market, and the plan that follows; nothing is written. */
final class FleetLook {
  /** A UID that no resource has: its machines are nobody's. */
  private static final String NOBODY = "not-created";

  private final ClusterReading where;
  private final WorkloadLook workloads;

  /** A look beside which no cluster was read. */
  FleetLook(ClusterReading where) {
    this(where, new WorkloadLook(where, Map.of()));
  }

  FleetLook(ClusterReading where, WorkloadLook workloads) {
    this.where = where;
    this.workloads = workloads;
  }

  /**
   * What is known of the resource.
   *
   * @param progress as its status has it; empty where no API server was asked, or it is not there
   * @param basis how that is known
   */
  private record Known(FleetId id, Optional<FleetProgress> progress, List<String> basis) {}

  /** {@code namespace/name}. */
  String name(SpotFleet resource) {
    return where.namespaceOf(resource) + "/" + resource.getMetadata().getName();
  }

  /** What the file asks for, or everything that is wrong with it. */
  Parsed<FleetCare> parsed(SpotFleet resource, String uid) {
    var id = new FleetId(where.namespaceOf(resource), resource.getMetadata().getName(), uid);
    return FleetPolicyParser.parse(id, resource.getSpec());
  }

  private FleetCare care(SpotFleet resource, String uid) throws IOException {
    var parsed = parsed(resource, uid);
    if (parsed.value().isEmpty()) {
      var problems = parsed.problems().stream().map(Problem::text).toList();
      throw new IOException(
          "SpotFleet " + name(resource) + ":\n  " + String.join("\n  ", problems));
    }
    return parsed.value().get();
  }

  /**
   * Plans on what EC2 shows now.
   *
   * @throws IOException where something that a plan needs cannot be read
   */
  FleetPlan plan(SpotFleet resource) throws IOException {
    var region = care(resource, NOBODY).region();
    try (var markets = new RealMarkets()) {
      var market = markets.in(region);
      var known = known(resource, market);
      var care = care(resource, known.id().uid());
      var basis = new ArrayList<>(known.basis());
      var view = read(name(resource), care, market, known, basis);
      var plan =
          new FleetForecast(new FleetDecider(FleetRules.standard()))
              .plan(name(resource) + " in " + region, care.policy(), view, known.progress(), basis);
      return plan.refused(refusals(region, plan));
    }
  }

  private Known known(SpotFleet resource, FleetPort market) throws IOException {
    var file = new FleetId(where.namespaceOf(resource), resource.getMetadata().getName(), NOBODY);
    return where.namesAnApiServer() ? stored(file) : tagged(file, market);
  }

  private Known stored(FleetId file) throws IOException {
    SpotFleet stored;
    try (var client = where.client()) {
      stored =
          client
              .resources(SpotFleet.class)
              .inNamespace(file.namespace())
              .withName(file.name())
              .get();
    } catch (KubernetesClientException e) {
      throw new IOException("the API server cannot be asked: " + Causes.of(e), e);
    }
    if (stored == null) {
      return created(file, "the API server has no such SpotFleet: it would be created");
    }
    var status = stored.getStatus();
    return new Known(
        FleetPolicyParser.id(stored),
        Optional.of(FleetProgressCodec.decode(status == null ? null : status.progress())),
        List.of());
  }

  private static Known created(FleetId file, String sentence) {
    return new Known(
        file, Optional.empty(), List.of(sentence, "a new one buys nothing for three minutes"));
  }

  /** A file has no UID: what carries the fleet's namespace and name and one UID is its own. */
  private static Known tagged(FleetId file, FleetPort market) throws IOException {
    var uids = new TreeSet<String>();
    machines(file, market.machines(file)).stream()
        .filter(MachineView::isAlive)
        .forEach(each -> each.fleet().ifPresent(uids::add));
    if (uids.size() > 1) {
      throw new IOException(
          "machines with the name %s/%s are of several SpotFleets, %s: name the API server that"
                  .formatted(file.namespace(), file.name(), uids)
              + " has it, by --kubeconfig or --context");
    }
    var unasked = "no API server was asked (--kubeconfig, --context), so what the fleet waits for";
    return uids.isEmpty()
        ? created(file, "no machine carries the fleet's name: it is taken for a new one")
        : new Known(
            new FleetId(file.namespace(), file.name(), uids.first()),
            Optional.empty(),
            List.of(unasked + " is not known: full pools, purchases without an answer"));
  }

  private static List<MachineView> machines(FleetId fleet, Observed<List<MachineView>> machines)
      throws IOException {
    if (machines instanceof Observed.Unknown<List<MachineView>> unknown) {
      throw unread(fleet.namespace() + "/" + fleet.name(), "the machines", unknown.cause());
    }
    return machines.ifKnown().orElseThrow();
  }

  private static IOException unread(String fleet, String what, String cause) {
    return new IOException("SpotFleet %s: %s cannot be read: %s".formatted(fleet, what, cause));
  }

  private FleetView read(
      String name, FleetCare care, FleetPort market, Known known, List<String> basis)
      throws IOException {
    var open = known.progress().orElse(FleetProgress.NONE).releases();
    var reading =
        new FleetReading(
            market,
            machines ->
                care.cluster()
                    .map(each -> workloads.read(care.policy().id(), each, machines, open))
                    .orElseGet(() -> Observed.unknown("there is none")),
            () -> Observed.unknown("pipelines say their demand to the operator only"),
            Clock.systemUTC());
    var view = reading.read(care.policy());
    machines(care.policy().id(), view.machines());
    if (view.types() instanceof Observed.Unknown<?> unknown) {
      throw unread(name, "the instance types", unknown.cause());
    }
    if (view.subnets() instanceof Observed.Unknown<?> unknown) {
      throw unread(name, "the subnets", unknown.cause());
    }
    if (view.quotes() instanceof Observed.Unknown<?> unknown) {
      throw unread(name, "the prices", unknown.cause());
    }
    care.cluster().ifPresent(cluster -> basis.add(said(cluster, view)));
    if (care.policy().demand().isEmpty()) {
      basis.add("the demand of pipelines is not known here: what is there stays");
    }
    return view;
  }

  private static String said(FleetCare.Cluster cluster, FleetView view) {
    if (view.workload() instanceof Observed.Unknown<?> unknown) {
      return "all that run count as at work, and none of them is planned to go, since it is not"
          + " known what EsCluster %s says of them: %s".formatted(cluster.name(), unknown.cause());
    }
    return view.workload()
        .ifKnown()
        .map(
            said ->
                "EsCluster %s as it was read has %d of the machines at work, and needs %d of them;"
                        .formatted(cluster.name(), said.atWork().size(), said.leastMachines())
                    + " what it is asked for goes once it is drained")
        .orElse("");
  }

  /** Whether EC2 would let the plan happen; asked as a dry run. */
  private static List<Refusal> refusals(String region, FleetPlan plan) {
    var purchase = plan.buys().stream().map(FleetPlan.Buy::purchase).findFirst();
    var leaving =
        plan.leaves().stream()
            .filter(FleetPlan.Leave::atOnce)
            .map(each -> each.member().id())
            .toList();
    try (var checkup = new Ec2Checkup(Ec2Settings.of(region))) {
      return checkup.refusals(purchase, leaving).stream()
          .map(each -> new Refusal(each.about(), each.text(), List.of(), each.todo()))
          .toList();
    }
  }
}
