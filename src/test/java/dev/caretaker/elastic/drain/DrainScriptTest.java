package dev.caretaker.elastic.drain;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static dev.caretaker.testkit.Script.condition;
import static dev.caretaker.testkit.Script.puts;
import static dev.caretaker.testkit.Script.refusals;
import static dev.caretaker.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.Engine.Flavour;
import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Condition.Truth;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A drain of spot1, which holds a copy of logs[0] and one of logs[3]. */
class DrainScriptTest {
  private final APolicy policy = aPolicy().excludeNodes("spot1");
  private final Script script = script(policy, aCluster());

  private static Condition drained(EsDecision decision) {
    return condition(decision, "Drained");
  }

  /** As the engine does under an exclusion. */
  private void empties() {
    for (int number : new int[] {0, 3}) {
      script.cluster.apply(
          new EsAction.MoveShard(
              new ShardId("logs", number),
              dev.caretaker.testkit.ANode.id("spot1"),
              dev.caretaker.testkit.ANode.id("spot3")));
    }
  }

  @Test
  void shouldExcludeByNameAndMarkItInOneWrite() {
    var decision = script.decides();

    assertThat(decision.actions()).hasSize(1);
    assertThat(puts(decision).get(0).persistent())
        .containsEntry(Routing.EXCLUDE_NAME, Optional.of("spot1"))
        .containsEntry("cluster.metadata.caretaker.owner", Optional.of(APolicy.OWNER))
        .containsEntry("cluster.metadata.caretaker.procedure", Optional.of("Baseline"));
  }

  @Test
  void neverProvesAnythingBeforeTheExclusionIsReadBack() {
    empties();

    assertThat(drained(script.decides()).truth()).isEqualTo(Truth.FALSE);
  }

  @Test
  void shouldSayWhatIsLeft() {
    var decision = script.settles();

    assertThat(drained(decision).reason().sentence())
        .isEqualTo("2 copies (2.0 GiB) are left on nodes [spot1]");
    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.WAITING);
  }

  @Test
  void shouldBeProvenWhenNothingIsLeft() {
    script.settles();
    empties();

    var decision = script.settles();

    assertThat(drained(decision))
        .isEqualTo(Condition.yes("Drained", "Emptied", "Nothing is left on nodes [spot1]"));
    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.SETTLED);
    assertThat(decision.restored()).isFalse();
  }

  @Test
  void neverProvesWhileACopyIsOnItsWayToTheNode() {
    script.settles();
    empties();
    script.cluster.copy("logs", 1, ShardCopy.State.RELOCATING, "spot2", "spot1", "");

    assertThat(drained(script.settles()).truth()).isEqualTo(Truth.FALSE);
  }

  @Test
  void neverProvesWhileAnOnlyCopyIsAwayWithItsNode() {
    script.cluster.withoutIndices().shard("lone", 0, "spot1");
    script.settles();
    script.cluster.leaves("spot1", State.DIED);

    var decision = script.settles();

    assertThat(drained(decision).truth()).isEqualTo(Truth.FALSE);
    assertThat(decision.verdict().reason().sentence())
        .startsWith("1 shards have no started primary, and their data may be on what is drained");
  }

  @Test
  void neverProvesWhileAPersonKeepsTheExclusionOutOfForce() {
    script.settles();
    empties();
    script.cluster.transients(Routing.EXCLUDE_NAME, "");

    assertThat(drained(script.settles()).truth()).isEqualTo(Truth.FALSE);
    assertThat(script.cluster.transients()).containsEntry(Routing.EXCLUDE_NAME, "");
  }

  @Test
  void neverProvesAllWhenOnlyAPartHasBegun() {
    script.settles();
    empties();
    script.settles();
    policy.excludeNodes("spot1", "spot2").paused();

    var decision = script.settles();

    assertThat(drained(decision).truth()).isEqualTo(Truth.FALSE);
    assertThat(script.cluster.persistent()).containsEntry(Routing.EXCLUDE_NAME, "spot1");
  }

  @Test
  void shouldTakeTheExclusionBackWhenTheLineIsRemoved() {
    script.settles();
    policy.excludeNodes();

    var decision = script.settles();

    assertThat(script.cluster.persistent()).isEmpty();
    assertThat(decision.restored()).isTrue();
    assertThat(decision.conditions()).noneMatch(each -> each.type().equals("Drained"));
  }

  @Test
  void shouldTakeItBackEvenWhilePaused() {
    script.settles();
    policy.excludeNodes().paused();

    script.settles();

    assertThat(script.cluster.persistent()).isEmpty();
  }

  @Test
  void neverBeginsWhilePaused() {
    policy.paused();

    var decision = script.settles();

    assertThat(script.cluster.persistent()).isEmpty();
    assertThat(refusals(decision.verdict())).containsExactly("NotPaused");
    assertThat(drained(decision).reason().code()).isEqualTo("NotBegun");
  }

  @Test
  void shouldAskWhyACopyStays_andBlockWithTheDecider() {
    script.settles();
    script.later(Duration.ofSeconds(16));

    assertThat(script.settles().explain())
        .containsExactlyInAnyOrder(new ShardId("logs", 0), new ShardId("logs", 3));
    script.cluster.explained("logs", 0, "awareness", "too many copies in zone backup");
    var decision = script.settles();

    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(refusals(decision.verdict())).containsExactly("awareness");
    assertThat(drained(decision))
        .isEqualTo(
            Condition.no(
                "Drained", "DrainBlocked", "logs[0] cannot leave: too many copies in zone backup"));
  }

  @Test
  void neverWaitsInSilenceForEver() {
    script.settles();
    script.later(Duration.ofMinutes(6));

    assertThat(refusals(script.settles().verdict())).containsExactly("NothingMoves");
  }

  @Test
  void shouldExpectAnEndByTheRateSoFar() {
    script.settles();
    script.later(Duration.ofSeconds(64));
    script.cluster.apply(
        new EsAction.MoveShard(
            new ShardId("logs", 0),
            dev.caretaker.testkit.ANode.id("spot1"),
            dev.caretaker.testkit.ANode.id("spot3")));

    assertThat(drained(script.settles()).reason().sentence())
        .isEqualTo(
            "1 copies (1.0 GiB) are left on nodes [spot1], 16.0 MiB/s, expected end"
                + " 2026-11-21T03:02:08Z");
  }

  @ParameterizedTest
  @ValueSource(ints = {6, 7})
  void neverProvesWithWhatEs6HasClosed(int major) {
    script.cluster.engine(Flavour.ELASTICSEARCH, major, major + ".8.23");
    script.settles();
    empties();
    script.cluster.index("old", DrainScriptTest::closed);

    var decision = script.settles();

    assertThat(drained(decision).truth()).isEqualTo(Truth.FALSE);
    assertThat(decision.verdict().reason().code()).isEqualTo("ClosedIndices");
  }

  private static IndexView closed(IndexView index) {
    return new IndexView(
        index.name(),
        1,
        false,
        false,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  @Test
  void neverBeginsWhereNoDataNodeWouldBeLeft() {
    policy.excludeNodes().excludeZones("spot", "backup");

    var decision = script.settles();

    assertThat(script.cluster.persistent()).isEmpty();
    assertThat(refusals(decision.verdict())).containsExactly("ExclusionsLeaveAPlace");
  }

  @Test
  void neverBeginsWhereNoReliableNodeWouldBeLeft() {
    policy.excludeNodes().excludeZones("backup");

    assertThat(script.settles().verdict().reason().sentence())
        .startsWith("no node of a reliable zone would be left");
  }

  @Test
  void shouldComeBeforeARolloutThatHasNotBegun() {
    policy.restartedAt(NOW);

    script.settles();

    assertThat(script.stage()).isEmpty();
    empties();
    script.passes();
    assertThat(script.stage()).isPresent();
  }

  @Test
  void shouldLetASetThatHasBegunFinishFirst() {
    policy.excludeNodes().restartedAt(NOW).select("spot2");
    script.passes();
    policy.excludeNodes("spot1");

    script.passes();

    assertThat(script.cluster.persistent()).doesNotContainKey(Routing.EXCLUDE_NAME);
    assertThat(script.stage()).isPresent();
  }
}
