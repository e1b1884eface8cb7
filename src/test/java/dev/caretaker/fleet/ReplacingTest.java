package dev.caretaker.fleet;

import static dev.caretaker.fleet.FleetTold.given;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.action.FleetAction.CreateFleet;
import dev.caretaker.fleet.action.FleetOutcome;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Deletion;
import dev.caretaker.fleet.policy.FleetPolicy.Rebalance;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.fleet.policy.Worth;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** EC2 recommends to move off machines; each has 2 of utility, and there are two pools. */
class ReplacingTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final Pool HERE = Pool.of("m5.large", "us-test-1a");
  private static final Pool ELSEWHERE = Pool.of("m6.large", "us-test-1a");
  private static final Set<String> NOTHING = Set.of();

  private final FleetDecider decider = new FleetDecider(FleetRules.standard());
  private final List<MachineView> machines = new ArrayList<>();
  private final SortedMap<Pool, Quote> quotes = new TreeMap<>();
  private Observed<WorkloadView> workload = Observed.unknown("there is none");
  private FleetProgress progress = FleetProgress.NONE;
  private Instant now = NOON;

  ReplacingTest() {
    price(HERE, "0.04");
    price(ELSEWHERE, "0.04");
  }

  private void price(Pool pool, String usd) {
    quotes.put(pool, new Quote(pool, UsdPerHour.of(usd), UsdPerHour.of(usd)));
  }

  private static FleetPolicy policy(
      String budget, String demand, boolean stateful, Shrink shrink, Rebalance rebalance) {
    var worth = new TreeMap<MachineType, Utility>();
    worth.put(HERE.type(), Utility.of("2"));
    worth.put(ELSEWHERE.type(), Utility.of("2"));
    return new FleetPolicy(
        new FleetId("default", "es", "uid-1"),
        new LaunchTemplate("es", "7"),
        Set.of("subnet-1"),
        UsdPerHour.of(budget),
        new PricePolicy(0.95, Duration.ofDays(7), Duration.ofDays(1), Optional.empty()),
        new Limits(Optional.empty(), OptionalInt.empty(), 1, 1),
        Utility.ZERO,
        Optional.of(Utility.of(demand)),
        new Worth(Optional.empty(), worth, new TreeSet<>()),
        stateful,
        shrink,
        Duration.ofMinutes(15),
        Deletion.DRAIN,
        rebalance,
        false,
        false);
  }

  private static FleetPolicy replaces(String budget, String demand) {
    return policy(budget, demand, false, Shrink.DRAIN, Rebalance.REPLACE);
  }

  private void runs(String id, Pool pool, Optional<Instant> advisedAt) {
    machines.add(
        new MachineView(
            new InstanceId(id),
            pool,
            State.RUNNING,
            START,
            Optional.of("uid-1"),
            1,
            Optional.empty(),
            advisedAt,
            Optional.empty()));
  }

  private void runs(String... ids) {
    for (var id : ids) {
      runs(id, HERE, Optional.empty());
    }
  }

  private void advised(String... ids) {
    for (var id : ids) {
      runs(id, HERE, Optional.of(NOON));
    }
  }

  private FleetView view() {
    return new FleetView(
        now,
        Observed.known(List.copyOf(machines)),
        Observed.known(quotes),
        Observed.known(new TreeMap<>()),
        Observed.known(List.of(new Subnet("subnet-1", new Zone("us-test-1a"), 250))),
        workload,
        Observed.unknown("nobody asks"));
  }

  /** Its tags were read long ago. */
  private FleetDecision decide(FleetPolicy policy, FleetOutcome... heard) {
    if (progress.equals(FleetProgress.NONE)) {
      progress = decider.decide(policy, view(), progress, List.of(), START).progress();
    }
    var decision = decider.decide(policy, view(), progress, List.of(heard), now);
    progress = decision.progress();
    return decision;
  }

  private static Condition told(FleetDecision decision) {
    return FleetTold.condition(decision, "RebalanceFollowed");
  }

  private FleetOutcome sold(FleetDecision decision, String id) {
    var number = decision.progress().pending().get(0).number();
    runs(id, ELSEWHERE, Optional.empty());
    var answer = new PurchaseAnswer(number, List.of(new InstanceId(id)), List.of());
    return new FleetOutcome.Answered(answer, now);
  }

  @Test
  void shouldBuyElsewhereFirstWhereTheBudgetHasRoomForBoth() {
    runs("i-1");
    advised("i-2");
    var policy = replaces("0.13", "4");

    var first = decide(policy);

    assertThat(given(first)).isEqualTo(NOTHING);
    assertThat(first.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            CreateFleet.class, create -> assertThat(create.purchase().pool()).isEqualTo(ELSEWHERE));
    assertThat(told(first).reason().sentence()).contains("i-2");
    assertThat(first.progress().decisions())
        .anySatisfy(each -> assertThat(each.reason().sentence()).contains("i-2", "bought first"));
    now = now.plusSeconds(60);
    assertThat(given(decide(policy, sold(first, "i-3")))).containsExactly("i-2");
  }

  @Test
  void shouldGiveBackFirstWhereTheBudgetHasNoRoomForBoth() {
    runs("i-1");
    advised("i-2");

    var decision = decide(replaces("0.08", "100"));

    assertThat(given(decision)).containsExactly("i-2");
    assertThat(decision.actions()).hasSize(1);
  }

  @Test
  void neverReplacesMoreThanOneOfAFewWithinTenMinutes() {
    runs("i-1");
    advised("i-2", "i-3");
    var policy = replaces("0.12", "100");
    assertThat(given(decide(policy))).containsExactly("i-2");

    machines.removeIf(each -> each.id().value().equals("i-2"));
    now = now.plusSeconds(60);
    var bought = decide(policy);
    now = now.plusSeconds(240);
    var waits = decide(policy, sold(bought, "i-4"));
    now = now.plusSeconds(301);

    assertThat(given(waits)).isEqualTo(NOTHING);
    assertThat(told(waits).reason().code()).isEqualTo("Waits");
    assertThat(told(waits).reason().sentence()).contains("i-3 waits: no more than 1 of 3");
    assertThat(given(decide(policy))).containsExactly("i-3");
  }

  @Test
  void shouldFollowAnAdviceOnceThoughItIsHeardAgain() {
    runs("i-1");
    advised("i-2");
    var policy = replaces("0.13", "4");
    decide(policy);
    assertThat(progress.outgoing()).containsOnlyKeys(new InstanceId("i-2"));

    // Nothing came of the purchase; its machine is at work again, and the same is heard once more.
    var number = progress.pending().get(0).number();
    now = now.plus(Duration.ofMinutes(25));
    var answer = new PurchaseAnswer(number, List.of(), List.of());
    decide(policy, new FleetOutcome.Answered(answer, now));

    assertThat(progress.outgoing()).isEmpty();
    assertThat(progress.pending()).isEmpty();
  }

  @Test
  void shouldForgetAnAdviceAfterAnHour() {
    runs("i-1");
    advised("i-2");
    now = now.plus(Duration.ofMinutes(61));

    var decision = decide(replaces("0.13", "4"));

    assertThat(decision.actions()).isEmpty();
    assertThat(progress.advised()).isEmpty();
    assertThat(told(decision).reason().code()).isEqualTo("NothingAdvised");
  }

  @Test
  void neverGivesUpAMachineForWhichThereIsNothingElsewhere() {
    quotes.remove(ELSEWHERE);
    runs("i-1");
    advised("i-2");

    var decision = decide(replaces("0.08", "100"));

    assertThat(decision.actions()).isEmpty();
    assertThat(told(decision).reason().sentence()).contains("i-2 stays: no other pool");
  }

  @Test
  void neverFollowsWhatTheSpecIgnores() {
    runs("i-1");
    advised("i-2");

    var decision = decide(policy("0.13", "4", false, Shrink.DRAIN, Rebalance.IGNORE));

    assertThat(decision.actions()).isEmpty();
    assertThat(progress.advised()).isEmpty();
    assertThat(decision.conditions()).noneMatch(each -> each.type().equals("RebalanceFollowed"));
  }

  @Test
  void neverReplacesWhereTheSpecForbidsToShrink() {
    runs("i-1");
    advised("i-2");

    var decision = decide(policy("0.13", "4", false, Shrink.NEVER, Rebalance.REPLACE));

    assertThat(decision.actions()).isEmpty();
    assertThat(told(decision).reason().sentence()).contains("spec.shrink is Never");
  }

  @Test
  void shouldAskTheClusterOfAMachineWithDataAndNotTakeItBack() {
    runs("i-1");
    advised("i-2");
    var both = Set.of(new InstanceId("i-1"), new InstanceId("i-2"));
    workload = Observed.known(new WorkloadView(both, Set.of(), Set.of(), 1));
    var policy = policy("0.08", "100", true, Shrink.DRAIN, Rebalance.REPLACE);

    assertThat(decide(policy).actions()).isEmpty();
    assertThat(progress.releases()).containsOnlyKeys(new InstanceId("i-2"));
    now = now.plusSeconds(120);
    decide(policy);
    assertThat(progress.releases()).containsOnlyKeys(new InstanceId("i-2"));
  }

  @Test
  void neverGoesBelowWhatTheClusterNeedsForShelter() {
    runs("i-1");
    advised("i-2");
    var both = Set.of(new InstanceId("i-1"), new InstanceId("i-2"));
    workload = Observed.known(new WorkloadView(both, Set.of(), Set.of(), 2));

    var decision = decide(policy("0.08", "100", true, Shrink.DRAIN, Rebalance.REPLACE));

    assertThat(progress.releases()).isEmpty();
    assertThat(told(decision).reason().sentence()).contains("for shelter");
  }
}
