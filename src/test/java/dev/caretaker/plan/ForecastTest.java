package dev.caretaker.plan;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import dev.caretaker.elastic.policy.Window;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.plan.Plan.Outcome;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.APolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ForecastTest {
  private static final Instant ASKED = NOW.minusSeconds(60);
  private static final Instant LATER = NOW.plus(Duration.ofDays(30));

  private static final Window MINUTE = new Window("0 2 * * *", Duration.ofMinutes(1), "UTC");
  private static final Window TEN_MINUTES = new Window("0 2 * * *", Duration.ofMinutes(10), "UTC");
  private static final Window FRIDAY = new Window("0 12 * * FRI", Duration.ofHours(2), "UTC");

  private static Plan plan(APolicy policy, ACluster cluster) {
    return plan(policy, cluster, NOW);
  }

  private static Plan plan(APolicy policy, ACluster cluster, Instant readAt) {
    return new Forecast(new EsDecider(Guards.standard()), Speed.assumed(cluster.cluster()))
        .plan("data/main", policy.build(), cluster.view(readAt), EsProgress.NONE);
  }

  private static List<List<String>> sets(Plan plan) {
    return plan.steps().stream().map(PlanStep::nodes).toList();
  }

  @Test
  void shouldHaveNothingToDoWhereNothingIsAsked() {
    var plan = plan(aPolicy(), aCluster());

    assertThat(plan.outcome()).isEqualTo(Outcome.NOTHING_TO_DO);
    assertThat(plan.steps()).isEmpty();
  }

  @Test
  void shouldBounceEveryNodeOnceWithTheElectedMasterLast() {
    var plan = plan(aPolicy().restartedAt(ASKED), aCluster().master("spot2"));

    assertThat(plan.outcome()).isEqualTo(Outcome.CHANGES);
    assertThat(sets(plan))
        .containsExactly(
            List.of("backup1"),
            List.of("backup2"),
            List.of("spot1"),
            List.of("spot3"),
            List.of("spot2"));
    assertThat(plan.later()).isEmpty();
  }

  @Test
  void shouldSayWhatMovesBeforeAReliableNodeIsStopped() {
    var first = plan(aPolicy().restartedAt(ASKED), aCluster()).steps().get(0);

    assertThat(first.zones()).containsExactly("backup");
    assertThat(first.moves()).isNotEmpty();
    assertThat(first.bytes().value()).isEqualTo(first.moves().size() * (1L << 30));
    assertThat(first.frozen()).isPositive();
    assertThat(first.takes()).isGreaterThan(first.frozen());
  }

  @Test
  void shouldComeToTheSamePlanTwice() {
    var one = plan(aPolicy().restartedAt(ASKED), aCluster());
    var other = plan(aPolicy().restartedAt(ASKED), aCluster());

    assertThat(other).isEqualTo(one);
    assertThat(other.hash()).isEqualTo(one.hash());
  }

  @Test
  void shouldNotTakeBytesTimeAndDurationsForAnotherPlan() {
    var fixed = aPolicy().restartedAt(ASKED);
    var one = plan(fixed, aCluster());
    var bigger = plan(fixed, aCluster().size("logs", 0, 20L << 30), NOW.plusSeconds(3600));

    assertThat(bigger.takes()).isGreaterThan(one.takes());
    assertThat(bigger.hash()).isEqualTo(one.hash());
  }

  @Test
  void shouldTakeOtherNodesAnotherShelterAndAnotherRiskForAnotherPlan() {
    var one = plan(aPolicy().restartedAt(ASKED), aCluster());
    var fewer = plan(aPolicy().restartedAt(ASKED).select("spot1"), aCluster());
    var riskier =
        plan(
            aPolicy().restartedAt(ASKED).accept(Structural.ZERO_REPLICAS, LATER, "tmp*"),
            aCluster());
    var unsheltered = plan(aPolicy().restartedAt(ASKED), aCluster().withoutIndices());

    assertThat(List.of(one, fewer, riskier, unsheltered))
        .extracting(Plan::hash)
        .doesNotHaveDuplicates();
  }

  @Test
  void shouldNameTheGuardThatRefusesAndWhatLiftsIt() {
    var plan = plan(aPolicy().restartedAt(ASKED).paused(), aCluster());

    assertThat(plan.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(plan.refusals()).extracting(each -> each.guard()).contains("NotPaused");
    assertThat(plan.refusals().get(0).liftedBy()).contains("spec.paused");
  }

  @Test
  void shouldSayWhatStopsItAfterTheFirstSteps() {
    var cluster = aCluster().with(aNode("zulu1"));

    var plan = plan(aPolicy().restartedAt(ASKED).host("zulu1", "zulu"), cluster);

    // The master goes last, and so it waits behind the one that is refused.
    assertThat(sets(plan)).hasSize(4).doesNotHaveDuplicates().doesNotContain(List.of("zulu1"));
    assertThat(plan.later()).extracting(each -> each.guard()).contains("ZoneKeepsANode");
    assertThat(PlanText.lines(plan, 9)).anyMatch(line -> line.startsWith("then refused by"));
  }

  @Test
  void shouldPlanADrainWithWhatLeaves() {
    var plan = plan(aPolicy().excludeNodes("spot1"), aCluster());

    assertThat(plan.steps()).singleElement().extracting(PlanStep::nodes).asList().contains("spot1");
    assertThat(plan.steps().get(0).kind()).isEqualTo(PlanStep.Kind.DRAIN);
    assertThat(plan.steps().get(0).leaves()).isEqualTo(2);
    assertThat(plan.takes()).isPositive();
  }

  private static ACluster withShardsOf(long bytes) {
    var cluster = aCluster();
    for (int number = 0; number < 6; number++) {
      cluster.size("logs", number, bytes);
    }
    return cluster;
  }

  private static APolicy within(Window... windows) {
    return aPolicy().restartedAt(ASKED).windows(windows);
  }

  /** The first set needs minutes for its moves, and the engine balances while it may not go on. */
  @Test
  void shouldSaySoonThatNoWindowIsLongEnough() {
    var passes = new AtomicInteger();
    var cluster = withShardsOf(5L << 30);
    var policy = within(MINUTE).build();

    var plan =
        new Forecast(new EsDecider(Guards.standard()), Speed.assumed(cluster.cluster()))
            .plan(
                "data/main",
                policy,
                cluster.view(NOW),
                EsProgress.NONE,
                () -> passes.incrementAndGet() > 1000)
            .orElseThrow();

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.outcome()).isEqualTo(Outcome.BLOCKED);
    assertThat(plan.later()).extracting(Refusal::guard).containsExactly("WindowsTooShort");
    assertThat(plan.later().get(0).sentence()).contains("backup2");
    assertThat(plan.later().get(0).liftedBy()).contains("last longer");
  }

  @Test
  void shouldWaitForTheOneWindowThatIsLongEnough() {
    var plan = plan(within(MINUTE, FRIDAY), withShardsOf(5L << 30));

    assertThat(plan.later()).isEmpty();
    assertThat(sets(plan)).hasSize(5);
    assertThat(plan.takes()).isBetween(Duration.ofHours(24), Duration.ofDays(8));
  }

  @Test
  void shouldGoOnInTheNextWindowWhereEachBringsItFurther() {
    var plan = plan(within(TEN_MINUTES), withShardsOf(5L << 30));

    assertThat(plan.later()).isEmpty();
    assertThat(sets(plan)).hasSize(5);
    assertThat(plan.takes()).isBetween(Duration.ofHours(24), Duration.ofHours(48));
  }

  /** The guard would refuse it in a longer window as well. */
  @Test
  void shouldNameTheGuardThatRefusesInEachWindow() {
    var cluster = aCluster().with(aNode("zulu1"));

    var plan = plan(within(TEN_MINUTES).host("zulu1", "zulu"), cluster);

    assertThat(plan.later()).extracting(Refusal::guard).containsExactly("ZoneKeepsANode");
  }

  @Test
  void shouldMakeNoPlanOfAClusterThatCannotBeRead() {
    var unread = aCluster().unreadable("no route").view(NOW);

    var plan =
        new Forecast(new EsDecider(Guards.standard()), Speed.assumed(aCluster().cluster()))
            .plan("data/main", aPolicy().build(), unread, EsProgress.NONE);

    assertThat(plan.steps()).isEmpty();
    assertThat(plan.outcome()).isNotEqualTo(Outcome.NOTHING_TO_DO);
  }
}
