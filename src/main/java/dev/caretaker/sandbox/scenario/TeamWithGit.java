package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.gitops.OwnedFields;
import dev.caretaker.sandbox.gitops.Repository;
import dev.caretaker.sandbox.gitops.SyncLoop;
import dev.caretaker.sandbox.kubernetes.Kubectl;
import dev.caretaker.sandbox.stand.Tenant;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A team whose EsCluster comes from Git alone. One tool applies it every few seconds, another one
 * heals and prunes; both work on while the cluster restarts.
 */
final class TeamWithGit implements AutoCloseable {

  private static final Duration PER_NODE = Duration.ofMinutes(3);

  /** Every shard of the first node is brought to safety before. */
  private static final Duration TO_STOP = Duration.ofMinutes(5);

  private static final Duration SOON = Duration.ofMinutes(2);
  private static final String PERSON = "a-person";
  private static final Set<String> WRITERS = Set.of(SyncLoop.FLUX, SyncLoop.ARGO, PERSON);

  private final Stage stage;
  private final Repository git;
  private final Kubectl kubectl;
  private final List<SyncLoop> tools;
  private final ObjectNode cluster;
  private final ObjectNode passing;
  private final TeamsPipeline pipeline;

  private TeamWithGit(Stage stage, Repository git, Kubectl kubectl) throws IOException {
    this.stage = stage;
    this.git = git;
    this.kubectl = kubectl;
    var namespace = stage.stand().namespace();
    this.tools =
        List.of(
            SyncLoop.flux(stage.stand().client(), git, namespace),
            SyncLoop.argo(kubectl, git, namespace));
    this.pipeline = new TeamsPipeline(stage, git);
    this.cluster = stage.stand().example().object();
    cluster.withObject("/spec/connection/credentialsSecret").put("name", Tenant.CREDENTIALS);
    this.passing = cluster.objectNode().put("apiVersion", "v1").put("kind", "ConfigMap");
    passing.withObject("/metadata").put("name", "passing");
  }

  static TeamWithGit open(Stage stage) throws IOException {
    var stand = stage.stand();
    var git = Repository.in(stand.git());
    var server = stand.control().server().orElseThrow();
    return new TeamWithGit(stage, git, Kubectl.of(server));
  }

  /** Commits everything, and returns when the operator cares for it. */
  void start(List<String> complaints) throws IOException, InterruptedException {
    git.commit(cluster);
    git.commit(passing);
    git.commit(new TeamsFleet(stage).object());
    pipeline.commit();
    for (var tool : tools) {
      tool.start();
    }
    stage.say().accept("two tools apply " + git.folder() + " again and again");
    if (!stage.await(SOON, this::isCaredFor)) {
      complaints.add("the operator does not care for the EsCluster from Git");
    }
    pipeline.awaitQueue(complaints);
  }

  /** Restarts every node while somebody edits and something leaves Git; whether it ended. */
  boolean bounce(List<String> complaints) throws IOException, InterruptedException {
    restart();
    var downtime = stage.stand().watcher().downtime();
    boolean begun = stage.await(TO_STOP, () -> !downtime.goneNow().isEmpty());
    if (begun) {
      drift(complaints);
    }
    var patience = PER_NODE.multipliedBy(stage.nodes());
    boolean ended =
        begun
            && stage.await(
                patience,
                () -> downtime.bounced() == stage.nodes() && stage.settled() && isCaredFor());
    if (!ended) {
      complaints.add("the restart from Git did not end in " + patience.toSeconds() + " s");
    }
    pipeline.awaitEnd(complaints);
    for (var node : stage.stand().cluster().nodes()) {
      int starts = downtime.startsByCaretaker(node.name());
      if (ended && starts != 1) {
        complaints.add(node.name() + " was started " + starts + " times");
      }
    }
    return ended;
  }

  /** Asks for one more restart, and returns when a node is down. */
  void restartUntilANodeIsGone(List<String> complaints) throws IOException, InterruptedException {
    restart();
    var downtime = stage.stand().watcher().downtime();
    if (!stage.await(TO_STOP, () -> !downtime.goneNow().isEmpty())) {
      complaints.add("the second restart from Git did not begin");
    }
    tools.forEach(tool -> complaints.addAll(tool.complaints()));
  }

  /** How many fields of the spec belong to anybody but the team and its tools. */
  int foreignFields(List<String> complaints) throws IOException {
    var owned = OwnedFields.ofSpecByOthers(stage.stand().esClusters().read(stage.name()), WRITERS);
    owned.forEach(field -> complaints.add("owned: " + field));
    return owned.size();
  }

  private void restart() throws IOException {
    var now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
    cluster.withObject("/spec/rollout").put("restartedAt", now.toString());
    git.commit(cluster);
    stage.say().accept("committed restartedAt " + now);
  }

  private void drift(List<String> complaints) throws IOException, InterruptedException {
    kubectl.run(
        "patch",
        "escluster",
        stage.name(),
        "--namespace=" + stage.stand().namespace(),
        "--type=merge",
        "--field-manager=" + PERSON,
        "--patch={\"spec\":{\"readyWhen\":\"Green\"}}");
    git.remove(passing);
    pipeline.remove();
    stage
        .say()
        .accept("a person set readyWhen to Green; a ConfigMap and an EtlPipeline have left Git");
    if (!stage.await(SOON, () -> readyWhen().equals("Yellow"))) {
      complaints.add("what a person changed was not taken back");
    }
    if (!stage.await(SOON, () -> !passingExists())) {
      complaints.add("what has left Git was not pruned");
    }
  }

  private String readyWhen() throws IOException {
    return stage.stand().esClusters().read(stage.name()).at("/spec/readyWhen").asText();
  }

  private boolean passingExists() {
    var stand = stage.stand();
    var maps = stand.client().configMaps().inNamespace(stand.namespace());
    return Optional.ofNullable(maps.withName("passing").get()).isPresent();
  }

  /** Looked at as it is declared now, with nothing under way. */
  private boolean isCaredFor() throws IOException {
    var clusters = stage.stand().esClusters();
    var object = clusters.read(stage.name());
    var seen = object.at("/status/observedGeneration");
    return seen.isNumber()
        && seen.asLong() == object.at("/metadata/generation").asLong()
        && clusters.condition(stage.name(), "Ready").path("status").asText().equals("True")
        && clusters.condition(stage.name(), "Reconciling").path("status").asText().equals("False");
  }

  @Override
  public void close() throws InterruptedException {
    for (var tool : tools) {
      tool.close();
    }
    stage
        .say()
        .accept(
            "the tools applied everything %d and %d times"
                .formatted(tools.get(0).rounds(), tools.get(1).rounds()));
  }
}
