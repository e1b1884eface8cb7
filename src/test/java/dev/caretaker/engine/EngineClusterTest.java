package dev.caretaker.engine;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.sandbox.engine.ClusterShape;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineFailure;
import dev.caretaker.sandbox.engine.EngineHttp;
import dev.caretaker.sandbox.engine.EngineInstallation;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.engine.EngineOptions;
import dev.caretaker.sandbox.engine.EngineStore;
import dev.caretaker.sandbox.keeper.ProgramState;
import dev.caretaker.sandbox.keeper.StopAnswer;
import dev.caretaker.testkit.EachEngine;
import dev.caretaker.testkit.RealEngine;
import java.io.IOException;
import java.net.http.HttpTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** A real cluster of three nodes: it forms, nodes leave and return, and nothing is left behind. */
class EngineClusterTest {

  private static final String STATE = "/_cluster/state/nodes";
  private static final Duration MINUTES = Duration.ofMinutes(3);

  private final EngineHttp http = new EngineHttp(Duration.ofSeconds(10));

  @EachEngine
  void shouldStopStartKillAndWipeNodesAndLeaveNothing(EngineKind kind) throws Exception {
    // Servers that other tests of this JVM share stay up.
    Set<ProcessHandle> others = ProcessHandle.current().descendants().collect(toSet());
    List<ProcessHandle> processes;
    Path directory;

    try (EngineCluster cluster =
        RealEngine.prepare(kind, "backup=2,spot=1", "own", EngineOptions.defaults())) {
      long begin = System.nanoTime();
      cluster.start();
      System.out.printf("%s: 3 nodes in %d s%n", kind, (System.nanoTime() - begin) / 1_000_000_000);
      directory = cluster.node("spot1").home().getParent().getParent();
      Map<String, String> ids = ids(cluster);
      assertThat(ids.keySet()).containsExactly("backup1", "backup2", "spot1");
      assertThat(zone(cluster, "spot1")).isEqualTo("spot");

      shouldAnswerAgainAfterAPause(cluster);
      shouldReturnAsItself(cluster, ids);
      shouldReturnAsItselfAfterAKill(cluster, ids);
      shouldReturnAsAnotherAfterAWipe(cluster, ids);
      shouldTakeAGuestAndLoseItWithItsData(cluster);
      processes =
          ProcessHandle.current().descendants().filter(each -> !others.contains(each)).toList();
      assertThat(processes).hasSizeGreaterThanOrEqualTo(3);
    }

    assertThat(processes).noneMatch(ProcessHandle::isAlive);
    assertThat(directory).doesNotExist();
  }

  @EachEngine
  void shouldFindItsDataAgainInAKeptDirectory(EngineKind kind) throws Exception {
    EngineOptions keeping = EngineOptions.defaults().with(EngineOptions.Traces.KEEP);
    Map<String, String> ids;

    try (EngineCluster first = RealEngine.prepare(kind, "backup=1", "kept", keeping)) {
      first.start();
      ids = ids(first);
    }
    EngineInstallation engine = EngineStore.ofThisUser().install(kind, System.out::println);
    Path directory = RealEngine.directory(kind, "kept");
    ClusterShape shape = ClusterShape.parse("backup=1");
    try (EngineCluster second =
        EngineCluster.prepare(engine, shape, directory, EngineOptions.defaults())) {
      second.start();
      assertThat(ids(second)).isEqualTo(ids);
    }

    assertThat(directory).doesNotExist();
  }

  @EachEngine
  void shouldSayWhyANodeDidNotStart(EngineKind kind) throws Exception {
    EngineOptions tooSmall = EngineOptions.defaults().withHeap(1);
    try (EngineCluster cluster = RealEngine.prepare(kind, "backup=1", "broken", tooSmall)) {
      assertThatThrownBy(cluster::start)
          .isInstanceOf(EngineFailure.class)
          .hasMessageContaining("backup1 is not running")
          .hasMessageContaining("heap");
    }
  }

  private static void shouldAnswerAgainAfterAPause(EngineCluster cluster)
      throws IOException, InterruptedException {
    EngineHttp impatient = new EngineHttp(Duration.ofSeconds(2));
    EngineNode spot = cluster.node("spot1");

    cluster.pause("spot1");
    assertThatThrownBy(() -> impatient.get(spot, "/_nodes/_local"))
        .isInstanceOf(HttpTimeoutException.class);
    cluster.resume("spot1");

    cluster.awaitMembers(cluster.nodes(), MINUTES);
  }

  private void shouldReturnAsItself(EngineCluster cluster, Map<String, String> ids)
      throws IOException, InterruptedException {
    ProgramState before = cluster.keeper().state("spot1");
    String token = ((ProgramState.Running) before).token();

    assertThat(cluster.keeper().stop("spot1", token)).isEqualTo(StopAnswer.STOPPING);
    assertThat(cluster.keeper().awaitGone("spot1", MINUTES)).isTrue();
    assertThat(cluster.keeper().state("spot1")).isInstanceOf(ProgramState.Stopped.class);
    cluster.awaitMembers(others(cluster), MINUTES);
    cluster.start("spot1");
    cluster.awaitMembers(cluster.nodes(), MINUTES);

    assertThat(ids(cluster)).isEqualTo(ids);
    assertThat(cluster.keeper().state("spot1")).isNotEqualTo(before);
  }

  private void shouldReturnAsItselfAfterAKill(EngineCluster cluster, Map<String, String> ids)
      throws IOException, InterruptedException {
    cluster.kill("spot1");
    assertThat(cluster.keeper().state("spot1"))
        .isInstanceOfSatisfying(
            ProgramState.Exited.class, gone -> assertThat(gone.exitCode()).isEqualTo(137));
    cluster.awaitMembers(others(cluster), MINUTES);
    cluster.start("spot1");
    cluster.awaitMembers(cluster.nodes(), MINUTES);

    assertThat(ids(cluster)).isEqualTo(ids);
  }

  private void shouldReturnAsAnotherAfterAWipe(EngineCluster cluster, Map<String, String> ids)
      throws IOException, InterruptedException {
    cluster.wipe("spot1");
    assertThat(Files.isDirectory(cluster.node("spot1").home())).isTrue();
    cluster.awaitMembers(others(cluster), MINUTES);
    cluster.start("spot1");
    cluster.awaitMembers(cluster.nodes(), MINUTES);

    Map<String, String> after = ids(cluster);
    assertThat(after.get("spot1")).isNotEqualTo(ids.get("spot1"));
    assertThat(after.get("backup1")).isEqualTo(ids.get("backup1"));
  }

  private void shouldTakeAGuestAndLoseItWithItsData(EngineCluster cluster)
      throws IOException, InterruptedException {
    String guest = "i-0000000a";
    Path home = cluster.node("spot1").home().resolveSibling(guest);
    cluster.guests().start(guest, "spot");
    assertThat(cluster.guests().runs(guest)).isTrue();
    awaitCount(cluster, 4);
    assertThat(zone(cluster, guest)).isEqualTo("spot");
    assertThat(Files.isDirectory(home.resolve("data"))).isTrue();

    cluster.guests().lose(guest);

    assertThat(cluster.guests().runs(guest)).isFalse();
    assertThat(cluster.keeper().knows(guest)).isFalse();
    assertThat(home).doesNotExist();
    cluster.awaitMembers(cluster.nodes(), MINUTES);
  }

  private void awaitCount(EngineCluster cluster, int count)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + MINUTES.toNanos();
    while (members(cluster).size() != count && System.nanoTime() < end) {
      Thread.sleep(500);
    }
    assertThat(members(cluster)).hasSize(count);
  }

  private static List<EngineNode> others(EngineCluster cluster) {
    return cluster.nodes().stream().filter(node -> !node.name().equals("spot1")).toList();
  }

  private Map<String, String> ids(EngineCluster cluster) throws IOException, InterruptedException {
    Map<String, String> ids = new TreeMap<>();
    members(cluster)
        .properties()
        .forEach(member -> ids.put(member.getValue().path("name").asText(), member.getKey()));
    return ids;
  }

  private String zone(EngineCluster cluster, String name) throws IOException, InterruptedException {
    for (JsonNode member : members(cluster)) {
      if (member.path("name").asText().equals(name)) {
        return member.at("/attributes/zone").asText();
      }
    }
    return "(not there)";
  }

  private JsonNode members(EngineCluster cluster) throws IOException, InterruptedException {
    long end = System.nanoTime() + MINUTES.toNanos();
    var nodes = http.get(cluster.node("backup1"), STATE).body().path("nodes");
    // On a busy machine the answer is an error while the master settles.
    while (nodes.isEmpty() && System.nanoTime() < end) {
      Thread.sleep(500);
      nodes = http.get(cluster.node("backup1"), STATE).body().path("nodes");
    }
    return nodes;
  }
}
