package dev.caretaker.elastic.rollout;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static dev.caretaker.testkit.Script.refusals;
import static dev.caretaker.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.policy.PlanCover;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import dev.caretaker.elastic.policy.Window;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.plan.Forecast;
import dev.caretaker.plan.Speed;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What is begun, and what is not, where a person approves the plan. */
class RolloutApprovalTest {
  private static final int TO_THE_END = 200;

  private static Script asked() {
    return asked(aPolicy().restartedAt(NOW.minusSeconds(60)));
  }

  private static Script asked(APolicy policy) {
    var script = script(policy.manual(""), aCluster()).carriesOutCommands();
    offers(script);
    return script;
  }

  /** As the shell does: a plan for what is asked now, on the cluster as it is now. */
  private static PlanCover offers(Script script) {
    var plan =
        new Forecast(new EsDecider(Guards.standard()), Speed.assumed(script.cluster.cluster()))
            .plan(
                "data/main",
                script.policy.build(),
                script.cluster.view(script.now()),
                script.progress());
    script.policy.offering(Observed.known(plan.cover()));
    return plan.cover();
  }

  private static void approve(Script script) {
    script.policy.manual(offers(script).hash());
  }

  @Test
  void shouldWaitForThePersonWhomItAsksAndCallNobodyElse() {
    var script = asked();
    var hash = offers(script).hash();

    var decision = script.decides();

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.WAITING);
    assertThat(refusals(decision.verdict())).containsExactly("PlanIsApproved");
    assertThat(decision.verdict().reason().code()).isEqualTo("PlanIsApproved");
    assertThat(decision.verdict().reason().sentence())
        .contains("spec.rollout.approvedPlan: \"" + hash + "\"");
    assertThat(decision.summary().blockedBy()).containsExactly("PlanIsApproved");
    assertThat(Script.condition(decision, "Stalled").truth()).isEqualTo(Condition.Truth.FALSE);
  }

  @Test
  void shouldCallSomebodyWhereThereIsNothingToApprove() {
    var script = asked();
    script.policy.offering(Observed.unknown("ZoneKeepsANode: one node"));

    var decision = script.decides();

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(Script.condition(decision, "Stalled").reason().sentence())
        .contains("ZoneKeepsANode: one");
  }

  @Test
  void shouldBeginWithNothingButTheHashOfThePlanThatIsShown() {
    var script = asked();
    script.policy.manual("000000000000");
    assertThat(script.runs(20)).isEmpty();

    approve(script);

    script.reaches(Stage.SHELTERING);
  }

  @Test
  void shouldGoToTheEndOnOneApprovalThoughWhatIsLeftHasAnotherHash() {
    var script = asked();
    approve(script);
    var approved = script.policy.build().rollout().approval().approvedPlan();

    var first = script.runs(15);
    assertThat(first).hasSizeBetween(1, 4);
    assertThat(offers(script).hash()).isNotEqualTo(approved);
    var rest = script.runs(TO_THE_END);

    assertThat(first.size() + rest.size()).isEqualTo(5);
  }

  @Test
  void shouldNotTakeTheApprovalOfAnEarlierWish() {
    var script = asked();
    approve(script);
    assertThat(script.runs(TO_THE_END)).hasSize(5);

    script.policy.restartedAt(script.now());

    assertThat(script.runs(20)).isEmpty();
    assertThat(offers(script).hash())
        .isNotEqualTo(script.policy.build().rollout().approval().approvedPlan());
    assertThat(script.runs(20)).isEmpty();
    assertThat(script.decides().verdict().reason().sentence()).contains("asked was restartedAt=");
    approve(script);
    assertThat(script.runs(TO_THE_END)).hasSize(5);
  }

  @Test
  void shouldAskAgainBetweenTwoSetsAndSayWhatChanged() {
    var script = asked();
    approve(script);
    script.reaches(Stage.STOPPING);
    var first = script.set();
    script.cluster.leaves(first.get(0), HostProcess.State.STOPPED);

    script.policy.accept(Structural.SINGLE_NODE_ZONE, NOW.plus(Duration.ofDays(9)));
    assertThat(script.runs(TO_THE_END)).isEmpty();
    offers(script);
    var decision = script.settles();

    assertThat(first).hasSize(1);
    assertThat(script.stage()).isEmpty();
    assertThat(script.cluster.mark()).isEmpty();
    assertThat(decision.verdict().reason().sentence())
        .contains("accepted now: SingleNodeZone until");
    approve(script);
    assertThat(script.runs(TO_THE_END)).hasSize(4).doesNotContainAnyElementsOf(first);
  }

  @Test
  void shouldAskAgainWhereANodeThatWasToFollowIsGone() {
    var script = asked();
    approve(script);
    script.reaches(Stage.STOPPING);
    assertThat(script.set()).doesNotContain("spot3");

    script.cluster.leaves("spot3", HostProcess.State.DIED);

    assertThat(script.runs(TO_THE_END)).hasSizeLessThan(2);
    assertThat(refusals(script.decides().verdict())).contains("PlanIsApproved");
  }

  @Test
  void shouldAskAgainAfterAFirstSetWhereTheStatusIsLost() {
    var script = asked();
    approve(script);
    var first = script.runs(15);
    assertThat(first).isNotEmpty();
    script.runs(4);

    script.losesItsStatus();
    offers(script);
    script.runs(20);
    var later = script.runs(20);

    assertThat(later).isEmpty();
    assertThat(script.stage()).isEmpty();
    assertThat(refusals(script.decides().verdict())).contains("PlanIsApproved");
  }

  @Test
  void shouldGiveUpAShelterThatIsNotApprovedAnyMoreButNoStop() {
    var withdrawn = asked();
    approve(withdrawn);
    withdrawn.marks(Stage.SHELTERING);
    withdrawn.policy.manual("");
    withdrawn.settles();

    assertThat(withdrawn.stage()).isEmpty();
    assertThat(withdrawn.cluster.mark()).isEmpty();

    var stopping = asked();
    approve(stopping);
    stopping.marks(Stage.STOPPING);
    stopping.policy.manual("");

    assertThat(stopping.runs(TO_THE_END)).hasSize(1);
  }

  @Test
  void shouldNotMoveOrAddCopiesForWhichNobodyHasAsked() {
    var script = asked();
    var offered = offers(script);
    assertThat(offered.steps().get(0).movesCopies()).isTrue();
    var bare =
        offered.steps().stream()
            .map(
                step -> new PlanCover.Step(step.kind(), step.nodes(), false, new TreeSet<String>()))
            .toList();
    var without = new PlanCover(offered.hash(), offered.wish(), bare, offered.risks());

    script.policy.offering(Observed.known(without)).manual(offered.hash());

    assertThat(script.runs(20)).isEmpty();
    assertThat(script.decides().verdict().reason().sentence()).contains("does not go on with");
  }

  @Test
  void shouldBeginNoDrainThatNobodyHasApproved() {
    var script = asked(aPolicy().excludeNodes("spot1"));
    script.settles();
    assertThat(script.cluster.persistent()).doesNotContainKey(Routing.EXCLUDE_NAME);
    assertThat(refusals(script.decides().verdict())).containsExactly("PlanIsApproved");

    approve(script);
    script.settles();

    assertThat(script.cluster.persistent()).containsKey(Routing.EXCLUDE_NAME);
  }

  @Test
  void shouldAskByDayWhatTheWindowOfTheNightWaitsFor() {
    var window = new Window("0 5 * * *", Duration.ofHours(1), "UTC");
    var script = asked(aPolicy().restartedAt(NOW.minusSeconds(60)).windows(window));

    assertThat(refusals(script.decides().verdict()))
        .containsExactly("PlanIsApproved", "WithinWindow");

    approve(script);
    assertThat(script.decides().verdict().reason().code()).isEqualTo("OutsideWindow");
    assertThat(script.progress().approved()).isPresent();
  }

  @Test
  void shouldCallSomebodyWhereTheApprovedPlanEndsBeforeTheWish() {
    var policy = aPolicy().restartedAt(NOW.minusSeconds(60)).host("zulu1", "zulu").manual("");
    var script = script(policy, aCluster().with(aNode("zulu1"))).carriesOutCommands();
    approve(script);

    assertThat(script.runs(TO_THE_END)).hasSize(4).doesNotContain("zulu1");

    var verdict = script.decides().verdict();
    assertThat(verdict.kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(verdict.reason().sentence()).contains("ends before [zulu1]");
  }

  @Test
  void shouldRememberNothingWhereNobodyIsAsked() {
    var script = script(aPolicy().restartedAt(NOW.minusSeconds(60)), aCluster());

    assertThat(script.runs(TO_THE_END)).hasSize(5);
    assertThat(script.progress().approved()).isEqualTo(EsProgress.NONE.approved());
  }
}
