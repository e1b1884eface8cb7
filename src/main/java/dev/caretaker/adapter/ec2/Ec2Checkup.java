package dev.caretaker.adapter.ec2;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.port.Checked;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.ec2.model.Subnet;

/**
 * What a person would try by hand before a fleet may spend money; it only asks. What would change
 * something is sent as a dry run, which EC2 answers with whether it would be allowed.
 */
public final class Ec2Checkup implements AutoCloseable {
  private static final String CREDENTIALS = "credentials";
  private static final String REGION = "region";
  private static final String ACTION = "ec2-action";
  private static final String SUBNET = "subnet";
  private static final String TYPE = "instance-type";
  private static final String POLICY = "attach manifests/iam/spotfleet-policy.json to the role";

  /** What one launch needs; EC2 names the first that is missing. */
  private static final List<String> LAUNCH =
      List.of("ec2:RunInstances", "ec2:CreateTags", "iam:PassRole");

  private final Ec2Clients clients;
  private final DryRuns dryRuns;

  /** Asks nothing yet. To be closed. */
  public Ec2Checkup(Ec2Settings settings) {
    this.clients = Ec2Clients.open(settings);
    this.dryRuns = new DryRuns(clients);
  }

  /**
   * What a fleet names.
   *
   * @param fleet with an empty UID where only its name is known
   */
  public record Wish(
      FleetId fleet, LaunchTemplate template, Set<String> subnets, Set<MachineType> types) {
    public Wish {
      subnets = Set.copyOf(subnets);
      types = Set.copyOf(types);
    }
  }

  /** Looks at all that a fleet needs of EC2 but the right to buy, which {@link #buying} tells. */
  public List<Checked> look(Wish wish) {
    var findings = new ArrayList<Checked>();
    var reached =
        dryRuns.ask(
            "ec2:DescribeInstances", ec2 -> ec2.describeInstances(each -> each.dryRun(true)));
    if (!reach(reached, findings)) {
      return findings;
    }
    findings.add(action("ec2:DescribeInstances", reached));
    ask(
        "ec2:DescribeSpotInstanceRequests",
        ec2 -> ec2.describeSpotInstanceRequests(each -> each.dryRun(true)),
        findings);
    ask(
        "ec2:DescribeSpotPriceHistory",
        ec2 -> ec2.describeSpotPriceHistory(each -> each.maxResults(1).dryRun(true)),
        findings);
    types(wish.types(), findings);
    subnets(wish.subnets(), findings);
    findings.addAll(new TemplateCheckup(clients).look(wish.template()));
    givingBack(wish.fleet(), findings);
    return findings;
  }

  /** Whether the rest is worth asking. */
  private boolean reach(Optional<Ec2Failure> first, List<Checked> findings) {
    if (first.filter(Ec2Failure::isOfCredentials).isPresent()) {
      var todo = "give the role or the keys; docs/spotfleet.md, AWS";
      findings.add(Checked.wrong(CREDENTIALS, "AWS", first.get().sentence(), todo));
      findings.add(Checked.untold(REGION, clients.region(), "not asked without credentials"));
      return false;
    }
    if (first.filter(each -> each.code().isEmpty()).isPresent()) {
      var todo = "see that spec.region is one of AWS's, and that its endpoint can be reached";
      findings.add(Checked.untold(CREDENTIALS, "AWS", "EC2 was not reached"));
      findings.add(Checked.wrong(REGION, clients.region(), first.get().sentence(), todo));
      return false;
    }
    findings.add(Checked.well(CREDENTIALS, "AWS", "EC2 knows them"));
    findings.add(Checked.well(REGION, clients.region(), "EC2 answers"));
    return true;
  }

  private void ask(String action, DryRuns.Question question, List<Checked> findings) {
    findings.add(action(action, dryRuns.ask(action, question)));
  }

  static Checked action(String action, Optional<Ec2Failure> failure) {
    return failure
        .map(each -> Checked.wrong(ACTION, action, each.sentence(), POLICY))
        .orElseGet(() -> Checked.well(ACTION, action, "allowed"));
  }

  /** A real read, and its right with it. */
  private <T> Optional<T> read(String action, Supplier<T> call, List<Checked> findings) {
    try {
      var read = call.get();
      findings.add(Checked.well(ACTION, action, "allowed"));
      return Optional.of(read);
    } catch (SdkException thrown) {
      var failure = Ec2Failure.of(action, clients.region(), thrown);
      findings.add(action(action, Optional.of(failure)));
      return Optional.empty();
    }
  }

  private void types(Set<MachineType> named, List<Checked> findings) {
    var catalogue = new Catalogue(clients.reads(), Clock.systemUTC());
    var sold = read("ec2:DescribeInstanceTypes", catalogue::types, findings);
    if (sold.isEmpty()) {
      return;
    }
    for (var type : new TreeSet<>(named)) {
      findings.add(
          sold.get().containsKey(type)
              ? Checked.well(TYPE, type.value(), "sold as a spot machine")
              : Checked.wrong(
                  TYPE,
                  type.value(),
                  "no such spot machine is sold in " + clients.region(),
                  "correct it in spec.machines.list"));
    }
  }

  private void subnets(Set<String> wanted, List<Checked> findings) {
    var filter = Tags.filter("subnet-id", List.copyOf(wanted));
    var found =
        read(
            "ec2:DescribeSubnets",
            () ->
                clients
                    .reads()
                    .describeSubnetsPaginator(each -> each.filters(filter))
                    .subnets()
                    .stream()
                    .toList(),
            findings);
    if (found.isEmpty()) {
      return;
    }
    var zones = new TreeMap<String, String>();
    for (Subnet each : found.get()) {
      zones.put(each.subnetId(), each.availabilityZone());
    }
    for (var id : new TreeSet<>(wanted)) {
      findings.add(
          Optional.ofNullable(zones.get(id))
              .map(zone -> Checked.well(SUBNET, id, "in " + zone))
              .orElseGet(
                  () ->
                      Checked.wrong(
                          SUBNET,
                          id,
                          "there is none in " + clients.region(),
                          "correct spec.subnets: those of spec.region")));
    }
  }

  /** Only a machine of the fleet's own may be given back, so that without one nobody can ask. */
  private void givingBack(FleetId fleet, List<Checked> findings) {
    var action = "ec2:TerminateInstances";
    Optional<InstanceId> own;
    try {
      own =
          new MachineReading(clients.reads())
              .read(fleet).stream()
                  .filter(each -> each.isAlive() && isOf(fleet, each))
                  .map(MachineView::id)
                  .findFirst();
    } catch (SdkException unread) {
      findings.add(Checked.untold(ACTION, action, "the machines could not be read"));
      return;
    }
    findings.add(
        own.map(id -> action(action, dryRuns.terminate(Set.of(id))))
            .orElseGet(
                () -> Checked.untold(ACTION, action, "told by a machine of the fleet only")));
  }

  /** A file has no UID; then those of its name that any fleet has bought will do. */
  private static boolean isOf(FleetId fleet, MachineView machine) {
    return fleet.uid().isEmpty() ? machine.fleet().isPresent() : machine.belongsTo(fleet.uid());
  }

  /**
   * Whether EC2 would sell, as far as that is a matter of rights and of the request.
   *
   * @param sample a purchase as the fleet would make it; it is not made
   */
  public List<Checked> buying(Purchase sample) {
    var findings = new ArrayList<Checked>();
    findings.add(action("ec2:CreateFleet", dryRuns.createFleet(sample)));
    var failure = dryRuns.launch(sample);
    if (failure.isEmpty()) {
      LAUNCH.forEach(each -> findings.add(Checked.well(ACTION, each, "allowed")));
    } else if (failure.get().isForbidden()) {
      missing(failure.get(), findings);
    } else {
      var why = "told once a launch is not refused for another reason";
      LAUNCH.forEach(each -> findings.add(Checked.untold(ACTION, each, why)));
      findings.add(launch(sample, failure.get()));
    }
    return findings;
  }

  private static void missing(Ec2Failure failure, List<Checked> findings) {
    var named = LAUNCH.stream().filter(failure::names).findFirst().orElse(LAUNCH.get(0));
    for (var each : LAUNCH) {
      findings.add(
          each.equals(named)
              ? Checked.wrong(ACTION, each, failure.sentence(), POLICY)
              : Checked.untold(ACTION, each, "told once " + named + " is allowed"));
    }
  }

  /** A subnet beside the network interfaces of a template is taken by a fleet, not by a launch. */
  private static Checked launch(Purchase sample, Ec2Failure failure) {
    var about = sample.pool() + " from " + sample.template().name();
    return failure.code().equals("InvalidParameterCombination")
        ? Checked.untold("launch", about, failure.sentence())
        : Checked.wrong("launch", about, failure.sentence(), "correct the spec or the template");
  }

  /** What of a plan EC2 would refuse; nothing is bought or given back. */
  public List<Checked> refusals(Optional<Purchase> purchase, Collection<InstanceId> leaving) {
    var findings = new ArrayList<Checked>();
    purchase.ifPresent(each -> findings.addAll(buying(each)));
    if (!leaving.isEmpty()) {
      findings.add(action("ec2:TerminateInstances", dryRuns.terminate(leaving)));
    }
    return findings.stream().filter(Checked::isWrong).toList();
  }

  @Override
  public void close() {
    clients.close();
  }
}
