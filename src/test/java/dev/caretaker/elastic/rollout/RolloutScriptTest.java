package dev.caretaker.elastic.rollout;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static dev.caretaker.testkit.Script.puts;
import static dev.caretaker.testkit.Script.script;
import static dev.caretaker.testkit.Script.withoutPuts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A bounce of spot1, step by step, when all goes well. */
class RolloutScriptTest {
  private final APolicy policy = aPolicy().restartedAt(NOW).select("spot1");
  private final Script script = script(policy, aCluster());

  private static EsAction stop(String node) {
    return new EsAction.StopNode(new NodeName(node), "pid1-" + node);
  }

  private static EsAction start(String node) {
    return new EsAction.StartNode(new NodeName(node));
  }

  @Test
  void shouldMarkAndQuietTheClusterInOneWriteBeforeAnythingElse() {
    var decision = script.decides();

    assertThat(decision.actions()).hasSize(1);
    var put = puts(decision).get(0);
    assertThat(put.persistent())
        .containsEntry(Routing.REBALANCE, Optional.of("none"))
        .containsEntry("cluster.metadata.caretaker.owner", Optional.of(APolicy.OWNER))
        .containsEntry("cluster.metadata.caretaker.procedure", Optional.of("Rollout"))
        .containsEntry("cluster.metadata.caretaker.stage", Optional.of("Sheltering"))
        .containsEntry("cluster.metadata.caretaker.nodes", Optional.of("id1-spot1/e1-spot1/spot1"));
    assertThat(put.transientScope()).isEmpty();
  }

  @Test
  void shouldTryAWriteThatNeverWentOutAgainWithoutAnotherStatusToSave() {
    var first = script.decides();

    var second = script.later(Duration.ofSeconds(10)).decides();

    assertThat(second.progress()).isEqualTo(first.progress());
    assertThat(puts(second)).isEqualTo(puts(first));
  }

  @Test
  void shouldFreezeAndFlushOnceEverythingIsSheltered() {
    script.passes();

    var decision = script.passes();

    assertThat(withoutPuts(decision)).containsExactly(new EsAction.Flush());
    assertThat(script.cluster.persistent())
        .containsEntry(Routing.ENABLE, "new_primaries")
        .containsEntry(Routing.REBALANCE, "none")
        .containsEntry(Routing.EXCLUDE_ID, "id1-spot1");
  }

  @Test
  void shouldStopTheVeryProcessThatItSaw_onceTheStageIsMarked() {
    var decision = script.reaches(Stage.STOPPING);

    assertThat(script.cluster.mark().orElseThrow().stage()).isEqualTo("Stopping");
    assertThat(decision.actions()).containsExactly(stop("spot1"));
  }

  @Test
  void neverStartsTheNode_whileTheClusterStillListsIt() {
    script.reaches(Stage.STOPPING);
    script.cluster.node("spot1").away(State.STOPPED);
    script.cluster.with(aNode("spot1").host(stoppedProcess()));

    assertThat(script.passes().actions()).isEmpty();
    assertThat(script.stage()).contains(Stage.STOPPING);
  }

  private static dev.caretaker.kernel.Observed<dev.caretaker.elastic.model.HostProcess>
      stoppedProcess() {
    return dev.caretaker.kernel.Observed.known(
        new dev.caretaker.elastic.model.HostProcess(
            State.STOPPED, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty()));
  }

  @Test
  void shouldStartTheNodeOnceItIsGoneFromTheClusterAndItsMachine() {
    script.reaches(Stage.STOPPING);
    script.cluster.leaves("spot1", State.STOPPED);

    var decision = script.passes();

    assertThat(withoutPuts(decision)).containsExactly(start("spot1"));
    assertThat(script.stage()).contains(Stage.STARTING);
    assertThat(script.cluster.persistent()).containsEntry(Routing.ENABLE, "new_primaries");
  }

  @Test
  void shouldThawWhenTheNodeIsBack_andWaitUntilItsCopiesAre() {
    script.reaches(Stage.STOPPING);
    script.cluster.leaves("spot1", State.STOPPED);
    script.settles();
    script.cluster.node("spot1").back(script.now());

    var decision = script.settles();

    assertThat(script.stage()).contains(Stage.RECOVERING);
    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.WAITING);
    assertThat(script.cluster.persistent())
        .doesNotContainKeys(Routing.ENABLE, Routing.EXCLUDE_ID)
        .containsEntry(Routing.REBALANCE, "none");
    assertThat(decision.verdict().reason().sentence())
        .contains("2 shards lack a copy for which there is a place: logs[0], logs[3]");
  }

  @Test
  void shouldLeaveNothingBehindInTheEnd() {
    bounce("spot1");

    var decision = script.settles();

    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.SETTLED);
    assertThat(decision.restored()).isTrue();
    assertThat(script.cluster.persistent()).isEmpty();
    assertThat(script.progress().bounced()).containsOnlyKeys(new NodeName("spot1"));
  }

  private void bounce(String node) {
    script.reaches(Stage.STOPPING);
    assertThat(script.set()).containsExactly(node);
    script.cluster.leaves(node, State.STOPPED);
    script.settles();
    script.later(Duration.ofSeconds(20));
    script.cluster.node(node).back(script.now());
    script.settles();
    script.cluster.recoversOn(node);
  }

  @Test
  void shouldBounceEveryNodeOnce_theElectedMasterLast() {
    var all = script(aPolicy().restartedAt(NOW), aCluster().master("backup1"));
    all.carriesOutCommands().cluster.with(aNode("spot3").withoutMasterRole());
    var order = new ArrayList<String>();
    for (int turn = 0; turn < 5; turn++) {
      all.reaches(Stage.STOPPING);
      var node = all.set().get(0);
      order.add(node);
      all.cluster.leaves(node, State.STOPPED);
      all.settles();
      all.later(Duration.ofSeconds(20)).cluster.node(node).back(all.now());
      all.settles();
      all.cluster.recoversOn(node);
    }

    assertThat(order).containsExactly("spot3", "backup2", "spot1", "spot2", "backup1");
    assertThat(all.settles().verdict().kind()).isEqualTo(Verdict.Kind.SETTLED);
    assertThat(all.cluster.persistent()).isEmpty();
  }

  @Test
  void shouldBounceANodeOnce_whateverItsClockSays() {
    script.reaches(Stage.STOPPING);
    script.cluster.leaves("spot1", State.STOPPED);
    script.settles();
    script.cluster.node("spot1").back(NOW.minus(Duration.ofDays(1)));
    script.settles();
    script.cluster.recoversOn("spot1");

    assertThat(script.settles().verdict().reason().code()).isEqualTo("Settled");
  }

  @Test
  void shouldTakeNodesTogetherThatShareNoShard_whereMoreMayBeAway() {
    policy.maxUnavailable(2).select("spot2", "spot3");
    var cluster = aCluster().withoutIndices();
    for (var name : List.of("spot1", "spot2", "spot3")) {
      cluster.with(aNode(name).withoutMasterRole());
    }
    cluster.shard("logs", 0, "backup1", "spot1", "spot2").shard("logs", 1, "backup2", "spot3");
    var together = script(policy, cluster);

    assertThat(together.reaches(Stage.STOPPING).actions())
        .containsExactly(stop("spot1"), stop("spot3"));
  }

  @Test
  void shouldTakeNoMoreNodesTogetherThanTheOthersHaveRoomFor() {
    policy.maxUnavailable(2).select("spot3");
    var cluster = aCluster().withoutIndices();
    for (var name : List.of("backup1", "backup2", "spot2")) {
      cluster.with(aNode(name).withoutMasterRole().freeGib(40));
    }
    cluster.with(aNode("spot1").withoutMasterRole()).with(aNode("spot3").withoutMasterRole());
    cluster.shard("logs", 0, "backup1", "spot1").size("logs", 0, 60L << 30);
    cluster.shard("logs", 1, "backup2", "spot3").size("logs", 1, 60L << 30);
    cluster.with(aNode("backup3")).with(aNode("spot4").freeGib(40));
    var together = script(policy, cluster);

    assertThat(together.reaches(Stage.STOPPING).actions()).containsExactly(stop("spot1"));
  }

  @Test
  void shouldShelterAnExposedShardByMovingTheOtherCopy() {
    script.cluster.shard("hot", 0, "spot1", "spot2");

    var decision = script.reaches(Stage.SHELTERING);

    assertThat(decision.actions())
        .containsExactly(new EsAction.MoveShard(new ShardId("hot", 0), id("spot2"), id("backup1")));
  }

  private static dev.caretaker.elastic.model.NodeId id(String name) {
    return dev.caretaker.testkit.ANode.id(name);
  }

  @Test
  void shouldMoveNoMoreThanTwoCopiesIntoANodeAtOnce() {
    for (int number = 0; number < 20; number++) {
      script.cluster.shard("hot", number, "spot1", "spot" + (2 + number % 2));
    }

    assertThat(script.reaches(Stage.SHELTERING).actions()).hasSize(4);
  }

  @Test
  void shouldGiveAnIndexBornWhileFrozenASecondCopyOutsideTheSet() {
    script.marks(Stage.FREEZING);
    script.cluster.shard("today", 0, "backup1");
    script.cluster.index("today", index -> dev.caretaker.testkit.ACluster.replicas(index, 1));
    script.cluster.copy("today", 0, ShardCopy.State.UNASSIGNED, "", "", "INDEX_CREATED");

    assertThat(script.decides().actions())
        .containsExactly(new EsAction.AllocateReplica(new ShardId("today", 0), id("backup2")));
  }

  @Test
  void shouldWaitForAWishOfTheFuture() {
    policy.restartedAt(NOW.plusSeconds(20));

    var verdict = script.settles().verdict();

    assertThat(verdict.reason().code()).isEqualTo("RestartIsLater");
    assertThat(verdict.lookAgainIn()).isEqualTo(Duration.ofSeconds(20));
  }
}
