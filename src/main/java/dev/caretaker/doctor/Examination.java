package dev.caretaker.doctor;

import dev.caretaker.adapter.elasticsearch.EndpointLook;
import dev.caretaker.adapter.elasticsearch.EngineCheckup;
import dev.caretaker.adapter.elasticsearch.PrivilegeLook;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsCare;
import dev.caretaker.operator.Ports;
import dev.caretaker.operator.RealConnector;
import dev.caretaker.operator.Secrets;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;

/** Looks at one cluster and its machines, as the operator would reach them; changes nothing. */
public final class Examination {
  private static final String CLUSTER = "cluster";
  private static final String PROBE = "probe";

  private final EsCare care;
  private final Secrets secrets;
  private final Duration within;
  private final Clock clock;

  /** Connects to nothing yet. */
  public Examination(EsCare care, Secrets secrets, Duration within, Clock clock) {
    this.care = care;
    this.secrets = secrets;
    this.within = within;
    this.clock = clock;
  }

  /** Asks everything, and says everything that came of it. */
  public List<Finding> run() {
    var connector = new RealConnector();
    var attribute = care.policy().zoneAttribute();
    try (var ports = connector.open(care.access(), attribute, secrets);
        var sideBySide = new SideBySide(within)) {
      var findings = new ArrayList<Finding>();
      var missing = secrets.missing(care.access().engineSecrets());
      if (missing.isPresent()) {
        findings.add(
            Finding.skipped(CLUSTER, "endpoints", "not asked without the Secrets named above"));
      } else {
        findings.addAll(engine(ports, sideBySide));
      }
      findings.addAll(hosts(ports, sideBySide));
      return findings;
    }
  }

  private List<Finding> engine(Ports ports, SideBySide sideBySide) {
    EngineCheckup checkup;
    try {
      var attribute = care.policy().zoneAttribute();
      checkup = new EngineCheckup(RealConnector.connection(care.access(), attribute, secrets));
    } catch (IllegalArgumentException unusable) {
      return List.of(unusable(unusable));
    }
    try (checkup) {
      return engine(ports, checkup, sideBySide);
    }
  }

  private static Finding unusable(IllegalArgumentException why) {
    return Finding.failed(
        CLUSTER,
        "endpoints",
        String.valueOf(why.getMessage()),
        "put what is missing into the Secret; docs/escluster.md lists the keys");
  }

  private record Times<T>(T value, Instant asked, Instant answered) {}

  private List<Finding> engine(Ports ports, EngineCheckup checkup, SideBySide sideBySide) {
    var uris = List.copyOf(new LinkedHashSet<>(care.access().endpoints()));
    var looked =
        sideBySide.ask(
            uris.stream().<Callable<EndpointLook>>map(uri -> () -> checkup.look(uri)).toList());
    var looks = new LinkedHashMap<URI, Observed<EndpointLook>>();
    for (int i = 0; i < uris.size(); i++) {
      looks.put(uris.get(i), looked.get(i));
    }
    var findings = new ArrayList<>(EndpointFindings.of(looks));
    if (looks.values().stream().noneMatch(Examination::answers)) {
      findings.add(Finding.skipped(CLUSTER, "all", "not read: no endpoint answers"));
      return findings;
    }
    Callable<PrivilegeLook> privileges = checkup::privileges;
    var allowed = sideBySide.ask(List.of(privileges)).get(0);
    findings.addAll(PrivilegeFindings.of(allowed, care.access().probeIndex()));
    findings.addAll(cluster(ports, checkup, sideBySide));
    return findings;
  }

  /** One that lets the credentials in may lack a privilege, which is told further below. */
  private static boolean answers(Observed<EndpointLook> look) {
    return look.ifKnown()
        .filter(
            each ->
                each.failure().stream()
                    .allMatch(it -> it.step().compareTo(EndpointLook.Step.CREDENTIALS) > 0))
        .isPresent();
  }

  private List<Finding> cluster(Ports ports, EngineCheckup checkup, SideBySide sideBySide) {
    Callable<Observed<ClusterView>> reading = () -> ports.engine().read(Set.of());
    Callable<Observed<Boolean>> probing = () -> ports.engine().probe();
    var view = flat(sideBySide.ask(List.of(reading)).get(0));
    var findings = new ArrayList<Finding>();
    if (view instanceof Observed.Unknown<ClusterView> unknown) {
      findings.add(
          Finding.failed(
              CLUSTER, "state", unknown.cause(), "mend the endpoints and privileges above first"));
    } else {
      findings.addAll(known(view.ifKnown().orElseThrow(), checkup, sideBySide));
    }
    findings.add(probe(flat(sideBySide.ask(List.of(probing)).get(0))));
    return findings;
  }

  private List<Finding> known(ClusterView view, EngineCheckup checkup, SideBySide sideBySide) {
    var findings = new ArrayList<Finding>();
    findings.add(
        Finding.ok(
            CLUSTER,
            "state",
            "%s, %d nodes, %d indices"
                .formatted(view.health(), view.nodes().size(), view.indices().size())));
    var nodes = new NodeFindings(care.policy(), view);
    findings.addAll(nodes.membership());
    Callable<Times<Observed<SortedMap<NodeName, Instant>>>> clocks =
        () -> {
          var asked = clock.instant();
          return new Times<>(checkup.clocks(), asked, clock.instant());
        };
    var shown = sideBySide.ask(List.of(clocks)).get(0);
    findings.addAll(
        shown
            .map(times -> nodes.clocks(times.value(), times.asked(), times.answered()))
            .ifKnown()
            .orElseGet(() -> List.of(Finding.skipped("node-clock", "all", "no answer in time"))));
    return findings;
  }

  private static <T> Observed<T> flat(Observed<Observed<T>> answer) {
    return answer instanceof Observed.Unknown<Observed<T>> late
        ? Observed.unknown(late.cause())
        : answer.ifKnown().orElseThrow();
  }

  private Finding probe(Observed<Boolean> answer) {
    var about = care.access().probeIndex().map(index -> "index " + index).orElse("all indices");
    if (answer.equals(Observed.known(true))) {
      return Finding.ok(PROBE, about, "a query is answered in time");
    }
    var problem =
        answer instanceof Observed.Unknown<Boolean> unknown
            ? unknown.cause()
            : "a query is not answered within " + care.access().probeTimeout().toSeconds() + " s";
    return Finding.failed(
        PROBE,
        about,
        problem,
        "name an index in spec.connection.probe that is always there and small, and see that it is"
            + " started");
  }

  private List<Finding> hosts(Ports ports, SideBySide sideBySide) {
    var nodes = List.copyOf(care.policy().hosts().keySet());
    if (nodes.isEmpty()) {
      return List.of(
          Finding.skipped("host", "all", "spec.hosts.list is empty: no node is ever restarted"));
    }
    var hosts = new HostFindings(ports.hosts(), care.access().hosts(), clock);
    var answers =
        sideBySide.ask(
            nodes.stream().<Callable<List<Finding>>>map(node -> () -> hosts.of(node)).toList());
    var findings = new ArrayList<Finding>();
    for (int i = 0; i < nodes.size(); i++) {
      if (answers.get(i) instanceof Observed.Known<List<Finding>> known) {
        findings.addAll(known.value());
      } else {
        var late = ((Observed.Unknown<List<Finding>>) answers.get(i)).cause();
        findings.add(hosts.silent(nodes.get(i), late));
      }
    }
    return findings;
  }
}
