package dev.caretaker.elastic.rollout;

import static dev.caretaker.elastic.rollout.Stages.at;
import static dev.caretaker.elastic.rollout.Stages.everybodyIsIn;
import static dev.caretaker.testkit.Script.condition;
import static dev.caretaker.testkit.Script.refusals;
import static dev.caretaker.testkit.Script.withoutPuts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.kernel.Condition.Truth;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a bounce of spot1 when something comes in between, in every stage. */
class RolloutDisturbedTest {
  private static final EsAction START = new EsAction.StartNode(new NodeName("spot1"));
  private static final String ENABLE_BY_HAND = "none";

  @ParameterizedTest
  @EnumSource(Stage.class)
  void neverStopsANodeWhilePaused_andLeavesNothingBehind(Stage stage) {
    var script = at(stage);
    script.policy.paused();

    assertThat(script.runs(20)).isEmpty();
    assertThat(everybodyIsIn(script.cluster)).isTrue();
    assertThat(script.cluster.persistent()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldGoOnWhenThePauseIsOver(Stage stage) {
    var script = at(stage);
    script.policy.paused();
    script.runs(20);
    script.policy.resumed();

    var stopped = script.runs(20);

    boolean wasBouncedBefore = stage.compareTo(Stage.STOPPING) > 0;
    assertThat(stopped).isEqualTo(wasBouncedBefore ? List.of() : List.of("spot1"));
    assertThat(script.decides().verdict().reason().code()).isEqualTo("Settled");
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldRestoreEverythingWhenTheResourceGoes(Stage stage) {
    var script = at(stage);
    script.policy.deleting();

    assertThat(script.runs(20)).isEmpty();
    assertThat(everybodyIsIn(script.cluster)).isTrue();
    assertThat(script.cluster.persistent()).isEmpty();
    assertThat(script.decides().restored()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void neverOverwritesWhatAPersonPutAboveOurSettings(Stage stage) {
    var script = at(stage);
    script.cluster.transients(Routing.ENABLE, ENABLE_BY_HAND);

    assertThat(script.runs(20)).isEmpty();
    assertThat(script.cluster.transients()).isEqualTo(Map.of(Routing.ENABLE, ENABLE_BY_HAND));
    assertThat(everybodyIsIn(script.cluster)).isTrue();
    var told = condition(script.decides(), "SettingsInSync");
    assertThat(told.reason().code()).isEqualTo("Conflict");
    assertThat(told.reason().sentence())
        .contains("transient cluster.routing.allocation.enable = \"none\"");
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void neverOverwritesWhatAPersonPutInPlaceOfOurSettings(Stage stage) {
    var script = at(stage);
    script.cluster.persistent(Routing.REBALANCE, "replicas");

    assertThat(script.runs(20)).isEmpty();
    assertThat(script.cluster.persistent()).isEqualTo(Map.of(Routing.REBALANCE, "replicas"));
    assertThat(everybodyIsIn(script.cluster)).isTrue();
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldBounceAfterTheConflictIsRemoved(Stage stage) {
    var script = at(stage);
    script.cluster.transients(Routing.ENABLE, ENABLE_BY_HAND);
    script.runs(5);
    script.cluster.unset(Routing.ENABLE);
    if (script.cluster.mark().isPresent()) {
      script.cluster.mark().orElseThrow().wrote().forEach(script.cluster::persistent);
    }

    script.runs(30);

    assertThat(script.decides().verdict().reason().code()).isEqualTo("Settled");
    assertThat(script.cluster.persistent()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SHELTERING", "FREEZING", "STOPPING"})
  void shouldApplyAWeakerRuleFromTheNextSetOn(Stage stage) {
    var script = at(stage);
    script.policy.shelter(RolloutPolicy.Shelter.PREFERRED);

    var decision = script.decides();

    assertThat(script.stage()).contains(Stage.RECOVERING);
    assertThat(decision.actions()).noneMatch(EsAction.StopNode.class::isInstance);
    assertThat(script.runs(30)).containsExactly("spot1");
  }

  @ParameterizedTest
  @EnumSource(names = {"STARTING", "RECOVERING"})
  void shouldGoOnWithWhatWasStoppedOnOtherTerms(Stage stage) {
    var script = at(stage);
    script.policy.shelter(RolloutPolicy.Shelter.PREFERRED);

    assertThat(script.runs(20)).isEmpty();
    assertThat(everybodyIsIn(script.cluster)).isTrue();
    assertThat(script.cluster.persistent()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldEndWhenTheWishIsTakenBack(Stage stage) {
    var script = at(stage);
    script.policy.reverted();

    assertThat(script.runs(20)).isEmpty();
    assertThat(everybodyIsIn(script.cluster)).isTrue();
    assertThat(script.cluster.persistent()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldRebuildALostStatusFromTheMark(Stage stage) {
    var script = at(stage);
    var set = script.set();

    var decision = script.losesItsStatus().decides();

    assertThat(script.set()).isEqualTo(set);
    assertThat(withoutPuts(decision).stream().filter(EsAction::disruptive).toList())
        .isEqualTo(
            stage == Stage.SHELTERING ? withoutPuts(at(stage).decides()) : List.<EsAction>of());
    script.runs(30);
    assertThat(everybodyIsIn(script.cluster)).isTrue();
    assertThat(script.cluster.persistent()).isEmpty();
    assertThat(script.decides().verdict().reason().code()).isEqualTo("Settled");
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldStartAnewForAMemberThatIsKilled(Stage stage) {
    var script = at(stage);
    script.cluster.leaves("spot1", State.DIED);
    script.runs(2);
    script.cluster.node("spot1").back(script.now());

    script.runs(20);

    assertThat(everybodyIsIn(script.cluster)).isTrue();
    assertThat(script.cluster.persistent()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldTakeANodeThatComesBackEmptyForANewOne(Stage stage) {
    var script = at(stage);
    script.cluster.leaves("spot1", State.DIED);
    script.runs(1);
    script.cluster.node("spot1").backEmpty(script.now());

    assertThat(script.runs(20)).isEmpty();
    assertThat(script.cluster.persistent()).isEmpty();
    assertThat(script.decides().verdict().reason().code()).isEqualTo("Settled");
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldStartNothingNewAfterARelease(Stage stage) {
    var script = at(stage);
    var request = script.policy.build().request();
    script.cluster.persistent().keySet().forEach(script.cluster::unset);
    script.cluster.persistent(Mark.RELEASED, request);

    assertThat(script.runs(10)).isEmpty();
    assertThat(everybodyIsIn(script.cluster)).isTrue();
    assertThat(script.cluster.persistent()).isEqualTo(Map.of(Mark.RELEASED, request));
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void neverTouchesAClusterThatAnotherHasMarked(Stage stage) {
    var script = at(stage);
    script.cluster.persistent("cluster.metadata.caretaker.owner", "other/one/uid");
    var before = script.cluster.persistent();

    var decision = script.decides();

    assertThat(decision.actions()).isEmpty();
    assertThat(refusals(decision.verdict())).containsExactly("MarkIsOurs");
    assertThat(script.cluster.persistent()).isEqualTo(before);
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void neverDoesMoreThanStartWhatItCannotSee(Stage stage) {
    var script = at(stage);
    script.cluster.unreadable("no route to host");

    var decision = script.decides();

    assertThat(decision.actions())
        .isEqualTo(stage == Stage.STARTING ? List.of(START) : List.<EsAction>of());
    assertThat(decision.restored()).isFalse();
    assertThat(condition(decision, "Ready").truth()).isEqualTo(Truth.UNKNOWN);
  }

  @Test
  void shouldStartWhatItStopped_whenTheClusterCanNotBeReadAnyMore() {
    var script = at(Stage.STOPPING);
    script.cluster.leaves("spot1", State.STOPPED).unreadable("no master");

    assertThat(script.decides().actions()).isEmpty();
    script.later(Stage.STOPPING.deadline().plusSeconds(1));
    assertThat(script.decides().actions()).containsExactly(START);
  }

  @Test
  void shouldEndTheSetOfANodeThatDoesNotComeBack_andSaySo() {
    var script = at(Stage.STARTING);
    script.cluster.node("spot1").away(State.DIED);
    script.later(Stage.STARTING.deadline().plusSeconds(1));

    var decision = script.settles();

    assertThat(script.stage()).contains(Stage.RECOVERING);
    assertThat(script.cluster.persistent()).doesNotContainKey(Routing.ENABLE);
    assertThat(decision.verdict().reason().sentence()).contains("not back: [spot1]");
    assertThat(condition(decision, "Stalled").reason().code()).isEqualTo("NodeDown");
  }

  @Test
  void shouldThaw_whenAHostRefusesToStartANode() {
    var script = at(Stage.STARTING);
    script.refused.add(new RefusedAction(START, "no supervisor", false, script.now()));

    var decision = script.decides();

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict().reason().sentence())
        .isEqualTo("spot1 starts; failed: no supervisor");
    assertThat(script.later(Duration.ofSeconds(11)).decides().actions()).containsExactly(START);
    script.later(Stage.STARTING.deadline()).settles();
    assertThat(script.cluster.persistent()).doesNotContainKey(Routing.ENABLE);
  }

  @Test
  void shouldGiveUpAStopThatDoesNotHappenInTime() {
    var script = at(Stage.STOPPING);
    script.later(Stage.STOPPING.deadline().plusSeconds(1));

    script.passes();

    assertThat(script.stage()).contains(Stage.RECOVERING);
  }

  @Test
  void neverStopsANodeWhoseShelterIsLostWhileFrozen() {
    var script = at(Stage.STOPPING);
    script.cluster.leaves("backup1", State.DIED);

    assertThat(script.decides().actions()).isEmpty();
  }

  @Test
  void neverStopsANodeAfterANewProcessTookItsPlace() {
    var script = at(Stage.STOPPING);
    script.cluster.node("spot1").back(script.now());

    assertThat(script.runs(20)).isEmpty();
  }

  @Test
  void neverActsWhereTheHostIsUnknown() {
    var script = at(Stage.STOPPING);
    script.cluster.node("spot1").host(Observed.unknown("ssh timed out"));

    assertThat(script.decides().actions()).isEmpty();
  }

  @Test
  void shouldStopMovingAfterTheDeadlineAndCallForAPerson() {
    var script = at(Stage.SHELTERING);
    script.later(Stage.SHELTERING.deadline().plusSeconds(1));

    var decision = script.settles();

    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(decision.verdict().reason().code()).isEqualTo("DeadlinePassed");
    assertThat(script.cluster.persistent()).doesNotContainKey(Routing.REBALANCE);
    assertThat(condition(decision, "Stalled").reason().sentence())
        .isEqualTo(
            "Sheltering takes longer than 120 min: spot1 could not be sheltered in time; nothing is"
                + " moved any more; to go on: set spec.paused to true, then to false: it is tried"
                + " anew");
  }

  @Test
  void neverGoesOnInAnotherClusterThatTheEndpointsLeadToNow() {
    var script = at(Stage.SHELTERING);
    var old = script.progress();
    var another = Script.script(APolicy.aPolicy(), ACluster.aCluster().uuid("another"));

    another.progress(old).decides();

    assertThat(old.rollout()).isPresent();
    assertThat(another.progress().rollout()).isEmpty();
    assertThat(another.progress().sequence()).isZero();
  }

  @Test
  void neverStartsWhatAPersonEmptiedAndStopped() {
    var script = Script.script(APolicy.aPolicy().excludeNodes("spot1"), ACluster.aCluster());
    script.settles();
    script.cluster.leaves("spot1", State.STOPPED);

    assertThat(script.decides().actions()).doesNotContain(START);

    script.policy.excludeNodes();
    assertThat(script.decides().actions()).contains(START);
  }

  @Test
  void shouldStartWhatItStoppedItselfThoughItIsExcludedMeanwhile() {
    var script = at(Stage.STARTING);
    script.policy.excludeNodes("spot1");

    assertThat(script.runs(20)).isEmpty();
    assertThat(everybodyIsIn(script.cluster)).isTrue();
  }
}
