package dev.caretaker.doctor;

import dev.caretaker.adapter.elasticsearch.EndpointLook;
import dev.caretaker.adapter.elasticsearch.EndpointLook.Step;
import dev.caretaker.elastic.model.Engine;
import dev.caretaker.kernel.Observed;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/** What the looks at the endpoints mean for people. */
final class EndpointFindings {
  static final String SAME_CLUSTER = "same-cluster";

  private EndpointFindings() {}

  /** A line for each step of each endpoint, and one for all of them together. */
  static List<Finding> of(Map<URI, Observed<EndpointLook>> looks) {
    var findings = new ArrayList<Finding>();
    looks.forEach(
        (uri, look) -> {
          if (look instanceof Observed.Known<EndpointLook> known) {
            findings.addAll(steps(uri, known.value()));
          } else {
            var silent = ((Observed.Unknown<EndpointLook>) look).cause();
            findings.add(failed(uri, new EndpointLook.Failure(Step.REACHABLE, silent)));
          }
        });
    findings.add(sameCluster(looks));
    return findings;
  }

  private static List<Finding> steps(URI uri, EndpointLook look) {
    var findings = new ArrayList<Finding>();
    var about = uri.toString();
    boolean reached = true;
    for (var step : Step.values()) {
      boolean plain = step == Step.TRUSTED && !"https".equals(uri.getScheme());
      boolean fails = look.failure().filter(failure -> failure.step() == step).isPresent();
      if (fails) {
        findings.add(failed(uri, look.failure().orElseThrow()));
        reached = false;
      } else if (plain) {
        findings.add(Finding.skipped(check(step), about, "plain http: nothing is encrypted"));
      } else if (!reached) {
        findings.add(
            Finding.skipped(check(step), about, "not tried, since an earlier step failed"));
      } else {
        findings.add(passed(step, about, look));
      }
    }
    return findings;
  }

  private static String check(Step step) {
    return switch (step) {
      case REACHABLE -> "endpoint-reachable";
      case TRUSTED -> "endpoint-tls";
      case CREDENTIALS -> "endpoint-credentials";
      case ENGINE -> "endpoint-engine";
      case MASTER -> "endpoint-master";
    };
  }

  private static Finding passed(Step step, String about, EndpointLook look) {
    return switch (step) {
      case REACHABLE -> Finding.ok(check(step), about, "answers");
      case TRUSTED -> Finding.ok(check(step), about, "its certificate is trusted");
      case CREDENTIALS -> Finding.ok(check(step), about, "accepted, or none asked for");
      case ENGINE -> engine(about, look.engine().orElseThrow());
      case MASTER -> Finding.ok(check(step), about, "the elected master answers");
    };
  }

  private static Finding engine(String about, Engine engine) {
    var name = engine.flavour().name().toLowerCase(Locale.ROOT) + " " + engine.version();
    return engine.supported()
        ? Finding.ok(check(Step.ENGINE), about, name)
        : Finding.failed(
            check(Step.ENGINE),
            about,
            name + " was never measured: nothing disruptive is done to it",
            "use Elasticsearch 6.8, 7.x, 8.x or OpenSearch");
  }

  private static Finding failed(URI uri, EndpointLook.Failure failure) {
    var todo =
        switch (failure.step()) {
          case REACHABLE ->
              "see that the node runs and its port is open to the operator; curl -v " + uri;
          case TRUSTED ->
              "put the authority that signed it into the Secret of spec.connection.caSecret, and"
                  + " use a name that the certificate has";
          case CREDENTIALS ->
              "mend the Secret of spec.connection.credentialsSecret, or name one there";
          case ENGINE ->
              "grant the role of docs/install.md, and see that this is Elasticsearch or OpenSearch";
          case MASTER -> "look at the log of the elected master, and at the master-eligible nodes";
        };
    return Finding.failed(check(failure.step()), uri.toString(), failure.sentence(), todo);
  }

  private static Finding sameCluster(Map<URI, Observed<EndpointLook>> looks) {
    var told = new TreeSet<String>();
    var words = new ArrayList<String>();
    looks.forEach(
        (uri, look) ->
            look.ifKnown()
                .flatMap(EndpointLook::uuid)
                .ifPresent(
                    uuid -> {
                      told.add(uuid);
                      words.add(uri + " is of " + uuid);
                    }));
    if (told.isEmpty()) {
      return Finding.skipped(SAME_CLUSTER, "endpoints", "no endpoint told its cluster");
    }
    return told.size() == 1
        ? Finding.ok(
            SAME_CLUSTER,
            "endpoints",
            words.size() + " of " + looks.size() + " say " + told.first())
        : Finding.failed(
            SAME_CLUSTER,
            "endpoints",
            "they lead to different clusters: " + String.join(", ", words),
            "name the nodes of one cluster in spec.connection.endpoints");
  }
}
