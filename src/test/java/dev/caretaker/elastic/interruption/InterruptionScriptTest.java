package dev.caretaker.elastic.interruption;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static dev.caretaker.testkit.Script.puts;
import static dev.caretaker.testkit.Script.refusals;
import static dev.caretaker.testkit.Script.script;
import static dev.caretaker.testkit.Script.withoutPuts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.policy.Window;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.testkit.ANode;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** EC2 takes spot1 in two minutes; it holds a copy of logs[0] and one of logs[3]. */
class InterruptionScriptTest {
  private static final Instant END = NOW.plusSeconds(120);
  private static final long MIB = 1L << 20;

  private final APolicy policy = aPolicy().fleet("spots", "spot");
  private final Script script =
      script(policy, aCluster().machine("spot2").machine("spot3").takes("spot1", END));

  private static EsAction move(String index, int number, String to) {
    var shard = new ShardId(index, number);
    return new EsAction.MoveShard(shard, ANode.id("spot1"), ANode.id(to));
  }

  private EsAction stop() {
    var incarnation = script.cluster.node("spot1").incarnationOfProcess();
    return new EsAction.StopNode(new NodeName("spot1"), incarnation);
  }

  @Test
  void shouldEmptyItAtOnceAndMoveNothingThatIsSafeElsewhere() {
    var first = script.passes();

    assertThat(puts(first).get(0).persistent())
        .containsEntry(Routing.EXCLUDE_NAME, Optional.of("spot1"));
    var then = script.settles();
    assertThat(then.actions()).isEmpty();
    assertThat(then.verdict().kind()).isEqualTo(Verdict.Kind.WAITING);
    assertThat(then.verdict().lookAgainIn()).isLessThanOrEqualTo(Duration.ofSeconds(2));
  }

  /** Under the exclusion the engine sends what is safe elsewhere, and fills its transfers. */
  @Test
  void shouldMoveTheOnlyCopyBeforeTheExclusionIsWritten() {
    script.cluster.shard("alone", 0, "spot1").size("alone", 0, 50 * MIB);

    var first = script.decides().actions();

    assertThat(first.get(0)).isIn(move("alone", 0, "backup1"), move("alone", 0, "backup2"));
    assertThat(first.get(1)).isInstanceOf(EsAction.PutSettings.class);
  }

  @Test
  void neverLetsARefusedMoveHoldUpTheExclusionTwice() {
    script.cluster.shard("alone", 0, "spot1").size("alone", 0, 50 * MIB);
    var move = script.decides().actions().get(0);
    script.refused.add(new RefusedAction(move, "no", false, script.now()));

    var then = script.decides().actions();

    assertThat(then.get(0)).isInstanceOf(EsAction.PutSettings.class);
    assertThat(then).hasSize(2).doesNotContain(move);
  }

  @Test
  void shouldMoveTheOnlyCopyBesideTransfersThatNeedNotArrive() {
    script.settles();
    script.cluster.shard("alone", 0, "spot1").size("alone", 0, 50 * MIB);
    script.cluster.size("logs", 0, 30L << 30);
    script.cluster.change(new ShardId("logs", 0), "spot1", copy -> relocating(copy, "spot2"));

    assertThat(script.settles().actions())
        .hasSize(1)
        .first()
        .isIn(move("alone", 0, "backup1"), move("alone", 0, "backup2"));
  }

  private static ShardCopy relocating(ShardCopy copy, String to) {
    return new ShardCopy(
        copy.shard(),
        copy.primary(),
        ShardCopy.State.RELOCATING,
        copy.node(),
        Optional.of(ANode.id(to)),
        true,
        Optional.empty());
  }

  @Test
  void shouldStopItInTheLastSecondsWhileItsOnlyCopyIsOnItsWay() {
    script.settles();
    script.cluster.shard("alone", 0, "spot1").size("alone", 0, 50 * MIB);
    script.cluster.change(new ShardId("alone", 0), "spot1", copy -> relocating(copy, "backup1"));
    script.later(Duration.ofSeconds(114));

    assertThat(script.settles().actions()).isEmpty();
    script.later(Duration.ofSeconds(1));
    assertThat(script.settles().actions()).containsExactly(stop());
  }

  @Test
  void shouldStopItBeforeAnythingElseIsTried() {
    policy.excludeNodes("backup2");
    script.cluster.leaves("spot2", State.STOPPED);
    script.later(Duration.ofSeconds(100));

    var actions = script.decides().actions();

    assertThat(actions.get(0)).isEqualTo(stop());
    assertThat(actions).doesNotHaveDuplicates().hasSizeGreaterThan(1);
  }

  @Test
  void shouldStartAMachineThatSurvivedItsNoticeAndGoOn() {
    script.settles();
    script.cluster.leaves("spot1", State.STOPPED);
    script.later(Duration.ofSeconds(120 + 301));

    var decision = script.settles();

    assertThat(decision.actions()).containsExactly(new EsAction.StartNode(new NodeName("spot1")));
    assertThat(script.cluster.persistent()).isEmpty();
    script.cluster.node("spot1").back(script.now());
    script.cluster.recovers();
    assertThat(script.settles().verdict().kind()).isEqualTo(Verdict.Kind.SETTLED);
  }

  @Test
  void neverStopsItAgainOnceItsTimeIsOver() {
    script.settles();
    script.later(Duration.ofSeconds(120 + 10));

    assertThat(script.settles().actions()).isEmpty();
  }

  @Test
  void shouldMoveTheOnlyCopyFirstAndThenWhatOnlyRiskyMachinesHold() {
    script.cluster.shard("alone", 0, "spot1").size("alone", 0, 900 * MIB);
    script.cluster.shard("risky", 0, "spot1", "spot2").size("risky", 0, 100 * MIB);

    var actions = script.settles().actions();

    assertThat(actions).hasSize(2);
    assertThat(actions.get(0)).isIn(move("alone", 0, "backup1"), move("alone", 0, "backup2"));
    assertThat(actions.get(1)).isIn(move("risky", 0, "backup1"), move("risky", 0, "backup2"));
  }

  @Test
  void shouldMoveOnlyWhatFitsInTheTimeThatIsLeft() {
    script.cluster.shard("alone", 0, "spot1").size("alone", 0, 900 * MIB);
    script.cluster.shard("risky", 0, "spot1", "spot2").size("risky", 0, 100 * MIB);
    script.settles();
    // 18 seconds at 40 MiB/s before it is stopped
    script.later(Duration.ofSeconds(82));

    assertThat(script.decides().actions())
        .hasSize(1)
        .first()
        .isIn(move("risky", 0, "backup1"), move("risky", 0, "backup2"));
  }

  @Test
  void shouldGoByTheRateThatTheClusterIsAllowed() {
    script.cluster.shard("alone", 0, "spot1").size("alone", 0, 900 * MIB);
    script.cluster.persistent("indices.recovery.max_bytes_per_sec", "5mb");

    assertThat(script.settles().actions()).isEmpty();
  }

  @Test
  void shouldStopItCleanlyTwentySecondsBeforeAndNotStartItAgain() {
    script.settles();
    script.later(Duration.ofSeconds(99));
    assertThat(script.decides().actions()).isEmpty();

    script.later(Duration.ofSeconds(1));
    assertThat(script.decides().actions()).containsExactly(stop());
    script.cluster.leaves("spot1", State.STOPPED);
    assertThat(withoutPuts(script.decides())).isEmpty();
  }

  @Test
  void shouldStopItWhateverSpeaksAgainstIt() {
    policy.paused();
    script.cluster.transients(Routing.ENABLE, "none");
    script.later(Duration.ofSeconds(100));

    assertThat(script.decides().actions()).contains(stop());
  }

  @Test
  void shouldStopItWhereTheClusterCannotBeRead() {
    script.cluster.unreadable("timed out");
    script.later(Duration.ofSeconds(100));

    assertThat(script.decides().actions()).containsExactly(stop());
  }

  @Test
  void shouldWaitForNoWindow() {
    policy.windows(new Window("0 0 31 2 *", Duration.ofHours(1), "UTC"));

    assertThat(puts(script.decides())).hasSize(1);
  }

  @Test
  void neverExcludesOrMovesWhilePaused() {
    policy.paused();
    script.cluster.shard("alone", 0, "spot1");

    assertThat(script.settles().actions()).isEmpty();
  }

  @Test
  void shouldLiftTheExclusionWhenTheMachineIsGone() {
    script.settles();
    script.cluster.leaves("spot1", State.DIED).withoutMachine("spot1").without("spot1");
    policy.withoutHost("spot1");

    script.settles();

    assertThat(script.cluster.persistent()).doesNotContainKey(Routing.EXCLUDE_NAME);
    assertThat(script.cluster.mark()).isEmpty();
  }

  @Test
  void shouldLeaveTheFreezeOfARolloutAsItIsAndStartWhatWasStopped() {
    policy.restartedAt(NOW).select("spot2", "spot3");
    var busy = script(policy, aCluster().machine("spot1").machine("spot2").machine("spot3"));
    busy.reaches(Stage.STOPPING);
    busy.cluster.leaves("spot2", State.STOPPED).takes("spot1", END);

    var decision = busy.settles();

    assertThat(busy.stage()).contains(Stage.STARTING);
    assertThat(busy.cluster.persistent())
        .containsEntry(Routing.ENABLE, "new_primaries")
        .containsEntry(Routing.EXCLUDE_NAME, "spot1");
    assertThat(decision.actions()).containsExactly(new EsAction.StartNode(new NodeName("spot2")));
  }

  @Test
  void neverBeginsASetWhileANoticeStands() {
    policy.restartedAt(NOW).select("spot3");

    script.settles();

    assertThat(script.set()).isEmpty();
    assertThat(List.of(script.settles().verdict().reason().code())).containsExactly("Interrupted");
  }

  @Test
  void neverStopsASetThatWasFrozenBeforeTheNotice() {
    policy.restartedAt(NOW).select("spot3");
    var busy = script(policy, aCluster().machine("spot1").machine("spot3"));
    busy.marks(Stage.FREEZING);
    busy.cluster.takes("spot1", END);

    for (int pass = 0; pass < 5; pass++) {
      var decision = busy.passes();
      assertThat(withoutPuts(decision)).noneMatch(EsAction.StopNode.class::isInstance);
      assertThat(refusals(decision.verdict())).doesNotContain("EveryShardIsSheltered");
    }
  }
}
