package dev.caretaker.fleet;

import static dev.caretaker.fleet.FleetTold.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.action.FleetAction.CreateFleet;
import dev.caretaker.fleet.action.FleetOutcome;
import dev.caretaker.fleet.model.DemandView;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Machines that a pipeline cannot use; each costs 0.04 USD/h and counts 2 of utility. */
class UnfitTest extends FleetOfTwoPools {
  private final TreeMap<InstanceId, String> unfit = new TreeMap<>();
  private boolean said = true;
  private String demand = "4";
  private FleetProgress progress = FleetProgress.NONE;
  private Instant now = LATER;

  private void runs(String... ids) {
    for (var id : ids) {
      runs(id, CHEAP, Optional.empty());
    }
  }

  private void unfit(String... ids) {
    for (var id : ids) {
      unfit.put(new InstanceId(id), "EtlPipeline coverage");
    }
  }

  /** As pipelines ask for it, unless they cannot be read. */
  @Override
  FleetView view() {
    var seen = super.view();
    return new FleetView(
        now,
        seen.machines(),
        seen.quotes(),
        seen.types(),
        seen.subnets(),
        seen.workload(),
        said
            ? Observed.known(new DemandView(Utility.of(demand), List.of(), unfit))
            : Observed.unknown("EtlPipeline coverage has not said yet what it needs"));
  }

  private static FleetPolicy asked(FleetPolicy of, Utility floor, Shrink shrink, boolean paused) {
    var wish = new Wish(of);
    wish.floor = floor;
    wish.demand = Optional.empty();
    wish.shrink = shrink;
    wish.paused = paused;
    return wish.policy();
  }

  private static FleetPolicy policy(String budget) {
    return asked(policy(budget, "0", false), Utility.ZERO, Shrink.DRAIN, false);
  }

  private FleetDecision decide(FleetPolicy policy, FleetOutcome... heard) {
    if (progress.equals(FleetProgress.NONE)) {
      progress = known(policy);
    }
    var decision = decider.decide(policy, view(), progress, List.of(heard), now);
    progress = decision.progress();
    return decision;
  }

  private static Condition told(FleetDecision decision) {
    return FleetTold.condition(decision, "UnfitReplaced");
  }

  private FleetOutcome sold(FleetDecision decision, String id) {
    var purchase = decision.progress().pending().get(0);
    runs(id, purchase.pool(), Optional.empty());
    var answer = new PurchaseAnswer(purchase.number(), List.of(new InstanceId(id)), List.of());
    return new FleetOutcome.Answered(answer, now);
  }

  private void loses(String id) {
    machines.removeIf(each -> each.id().value().equals(id));
    unfit.remove(new InstanceId(id));
  }

  @Test
  void shouldBuyAnotherFirstAndEndTheMachineWithoutWaitingForIt() {
    runs("i-1", "i-2");
    unfit("i-2");
    var policy = policy("0.20");

    var first = decide(policy);

    assertThat(given(first)).isEmpty();
    assertThat(first.actions()).singleElement().isInstanceOf(CreateFleet.class);
    assertThat(first.progress().decisions())
        .anySatisfy(
            each ->
                assertThat(each.reason().sentence())
                    .contains("i-2", "EtlPipeline coverage cannot use it", "0.04", "bought first"));
    assertThat(told(first).reason().sentence()).contains("i-2");
    now = now.plusSeconds(30);
    var then = decide(policy, sold(first, "i-3"));
    assertThat(given(then)).containsExactly("i-2");
    assertThat(then.progress().decisions().get(0).reason().sentence())
        .contains("EtlPipeline coverage cannot use it");
  }

  @Test
  void shouldEndTheMachineFirstWhereTheBudgetHasNoRoomForBoth() {
    demand = "100";
    runs("i-1", "i-2");
    unfit("i-2");

    assertThat(given(decide(policy("0.08")))).containsExactly("i-2");
    loses("i-2");
    now = now.plusSeconds(30);
    assertThat(decide(policy("0.08")).actions()).singleElement().isInstanceOf(CreateFleet.class);
  }

  @Test
  void shouldEndWhatIsOfNoUseThoughNothingCanBeBought() {
    quotes.put(CHEAP, quotes.get(DEAR));
    quotes.remove(DEAR);
    price(CHEAP, "0.04");
    demand = "2";
    runs("i-1", "i-2");
    unfit("i-2");

    assertThat(given(decide(policy("0.08")))).containsExactly("i-2");
  }

  @Test
  void neverFallsBelowTheFloorForIt() {
    runs("i-1", "i-2");
    unfit("i-2");
    var policy = asked(policy("0.08", "0", false), Utility.of("4"), Shrink.DRAIN, false);

    var decision = decide(policy);

    assertThat(decision.actions()).isEmpty();
    assertThat(told(decision).reason().sentence()).contains("floor of 4");
  }

  @Test
  void shouldReplaceAtTheFloorWhereTheBudgetHasRoomForBoth() {
    runs("i-1", "i-2");
    unfit("i-2");
    var policy = asked(policy("0.20", "0", false), Utility.of("4"), Shrink.DRAIN, false);

    var first = decide(policy);

    assertThat(first.actions()).singleElement().isInstanceOf(CreateFleet.class);
    now = now.plusSeconds(30);
    assertThat(given(decide(policy, sold(first, "i-3")))).containsExactly("i-2");
  }

  @Test
  void neverReplacesMoreThanOneOfAFewWithinTenMinutes() {
    demand = "8";
    runs("i-1", "i-2", "i-3", "i-4");
    unfit("i-1", "i-2", "i-3");
    var policy = policy("0.16");
    assertThat(given(decide(policy))).containsExactly("i-1");
    loses("i-1");
    now = now.plusSeconds(60);
    var bought = decide(policy);
    now = now.plusSeconds(60);

    var waits = decide(policy, sold(bought, "i-5"));

    assertThat(given(waits)).isEmpty();
    assertThat(told(waits).reason().code()).isEqualTo("Waits");
    assertThat(told(waits).reason().sentence()).contains("i-2 waits: no more than 1 of 4");
    now = now.plus(Duration.ofMinutes(10));
    assertThat(given(decide(policy))).containsExactly("i-2");
  }

  @Test
  void neverEndsAnythingWhilePausedOrWhereTheSpecNeverShrinks() {
    runs("i-1", "i-2");
    unfit("i-2");

    var paused = decide(asked(policy("0.20"), Utility.ZERO, Shrink.DRAIN, true));
    var never = decide(asked(policy("0.20"), Utility.ZERO, Shrink.NEVER, false));

    assertThat(paused.actions()).isEmpty();
    assertThat(never.actions()).isEmpty();
    assertThat(told(never).reason().sentence()).contains("spec.shrink is Never");
  }

  @Test
  void neverEndsAMachineForAPipelineThatCannotBeRead() {
    runs("i-1", "i-2");
    unfit("i-2");
    said = false;

    assertThat(decide(policy("0.20")).actions()).isEmpty();
    assertThat(progress.advised()).isEmpty();
  }

  @Test
  void shouldBeginAgainWhereNothingCameOfIt() {
    runs("i-1", "i-2");
    unfit("i-2");
    var policy = policy("0.20");
    decide(policy);
    var number = progress.pending().get(0).number();

    now = now.plus(Duration.ofMinutes(2));
    var full = new PurchaseAnswer(number, List.of(), List.of());
    var decision = decide(policy, new FleetOutcome.Answered(full, now));

    // It is of no use, so that it goes whether or not something came in its place.
    assertThat(given(decision)).containsExactly("i-2");
  }

  @Test
  void shouldForgetItOnceNobodySaysSoAnyMore() {
    runs("i-1", "i-2", "i-3");
    unfit("i-2", "i-3");
    demand = "6";
    decide(policy("0.20"));
    assertThat(progress.advised()).hasSize(2);

    unfit.clear();
    decide(policy("0.20"));

    assertThat(progress.advised()).containsOnlyKeys(new InstanceId("i-2"));
  }

  @Test
  void shouldGiveBackWhatIsOfNoUseBeforeWhatIsWorthLess() {
    runs("i-1", CHEAP, Optional.empty());
    runs("i-2", DEAR, Optional.empty());
    unfit("i-1");

    assertThat(given(decide(policy("0.06")))).containsExactly("i-1");
  }

  @Test
  void shouldAskTheClusterOfAMachineWithData() {
    runs("i-1", "i-2");
    unfit("i-2");
    demand = "100";
    var both = Set.of(new InstanceId("i-1"), new InstanceId("i-2"));
    workload = Observed.known(new WorkloadView(both, Set.of(), Set.of(), 1));
    var policy = asked(policy("0.08", "0", true), Utility.ZERO, Shrink.DRAIN, false);

    assertThat(decide(policy).actions()).isEmpty();
    assertThat(progress.releases()).containsOnlyKeys(new InstanceId("i-2"));
  }
}
