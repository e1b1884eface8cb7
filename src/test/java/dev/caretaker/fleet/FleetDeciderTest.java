package dev.caretaker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.action.FleetAction.CreateFleet;
import dev.caretaker.fleet.action.FleetAction.TerminateInstances;
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
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Deletion;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.fleet.policy.Worth;
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

class FleetDeciderTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final Instant LATER = START.plus(Duration.ofMinutes(30));
  private static final FleetId ID = new FleetId("default", "es", "uid-1");
  private static final Pool CHEAP = Pool.of("m5.large", "us-test-1a");
  private static final Pool DEAR = Pool.of("m6.large", "us-test-1a");

  private final FleetDecider decider = new FleetDecider(FleetRules.standard());
  private final List<MachineView> machines = new ArrayList<>();
  private final SortedMap<Pool, Quote> quotes = new TreeMap<>();
  private Observed<WorkloadView> workload = Observed.unknown("there is none");

  FleetDeciderTest() {
    price(CHEAP, "0.04");
    price(DEAR, "0.05");
  }

  private void price(Pool pool, String usd) {
    quotes.put(pool, new Quote(pool, UsdPerHour.of(usd), UsdPerHour.of(usd)));
  }

  private static FleetPolicy policy(String budget, String demand, boolean stateful) {
    var worth = new TreeMap<MachineType, Utility>();
    worth.put(CHEAP.type(), Utility.of("2"));
    worth.put(DEAR.type(), Utility.of("2"));
    return new FleetPolicy(
        ID,
        new LaunchTemplate("es", "7"),
        Set.of("subnet-1"),
        UsdPerHour.of(budget),
        new PricePolicy(0.95, Duration.ofDays(7), Duration.ofDays(1), Optional.empty()),
        new Limits(Optional.empty(), OptionalInt.empty(), 1, 1),
        Utility.ZERO,
        Optional.of(Utility.of(demand)),
        new Worth(Optional.empty(), worth, new TreeSet<>()),
        stateful,
        Shrink.DRAIN,
        Duration.ofMinutes(15),
        Deletion.DRAIN,
        FleetPolicy.Rebalance.IGNORE,
        false,
        false);
  }

  private InstanceId runs(String id, Pool pool, Optional<Instant> leavesAt) {
    var machine = new InstanceId(id);
    machines.add(
        new MachineView(
            machine,
            pool,
            State.RUNNING,
            START,
            Optional.of("uid-1"),
            1,
            leavesAt,
            Optional.empty(),
            Optional.of("10.0.0.1")));
    return machine;
  }

  private FleetView view() {
    return new FleetView(
        LATER,
        Observed.known(List.copyOf(machines)),
        Observed.known(quotes),
        Observed.known(new TreeMap<>()),
        Observed.known(List.of(new Subnet("subnet-1", new Zone("us-test-1a")))),
        workload,
        Observed.unknown("nobody asks"));
  }

  private FleetDecision decide(FleetPolicy policy, FleetProgress progress, FleetOutcome... heard) {
    return decider.decide(policy, view(), progress, List.of(heard), LATER);
  }

  /** A fleet that has read its tags long ago. */
  private FleetProgress known(FleetPolicy policy) {
    return decider.decide(policy, view(), FleetProgress.NONE, List.of(), START).progress();
  }

  @Test
  void shouldBuyTheBestValueWithinTheBudgetAndSayTheArithmetic() {
    var policy = policy("0.10", "100", false);

    var decision = decide(policy, known(policy));

    assertThat(decision.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            CreateFleet.class,
            create -> {
              assertThat(create.purchase().pool()).isEqualTo(CHEAP);
              assertThat(create.purchase().count()).isEqualTo(2);
              assertThat(create.purchase().token()).hasSizeLessThanOrEqualTo(64);
              assertThat(create.because().sentence()).contains("2 x m5.large", "0.04", "50.0 for");
            });
    assertThat(decision.progress().pending()).hasSize(1);
  }

  @Test
  void shouldJudgeByTodaysPriceWhatHoldsNoData() {
    quotes.put(DEAR, new Quote(DEAR, UsdPerHour.of("0.03"), UsdPerHour.of("0.05")));
    for (boolean stateful : List.of(false, true)) {
      var policy = policy("0.06", "2", stateful);

      assertThat(decide(policy, known(policy)).actions())
          .singleElement()
          .isInstanceOfSatisfying(
              CreateFleet.class,
              create -> assertThat(create.purchase().pool()).isEqualTo(stateful ? CHEAP : DEAR));
    }
  }

  @Test
  void shouldExchangeTwoWhereOneMakesNoRoomForACeiling() {
    for (int i = 0; i < 10; i++) {
      runs("i-" + i, DEAR, Optional.empty());
    }
    quotes.put(CHEAP, new Quote(CHEAP, UsdPerHour.of("0.03"), UsdPerHour.of("0.06")));
    var policy = policy("0.50", "100", false);
    var old = LATER.plusSeconds(60);

    var decision = decider.decide(policy, view(), known(policy), List.of(), old);

    assertThat(decision.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            TerminateInstances.class,
            terminate -> assertThat(terminate.machines().keySet()).hasSize(2));
    price(CHEAP, "0.0495");
    assertThat(decider.decide(policy, view(), known(policy), List.of(), old).actions()).isEmpty();
  }

  @Test
  void shouldRepeatARequestUnchangedUntilItsOutcomeIsKnown() {
    var policy = policy("0.10", "100", false);
    var first = decide(policy, known(policy));

    price(CHEAP, "0.01");
    var second = decide(policy, first.progress());

    assertThat(second.actions().get(0))
        .isInstanceOfSatisfying(
            CreateFleet.class,
            create -> assertThat(create.purchase()).isEqualTo(first.progress().pending().get(0)));
  }

  @Test
  void neverLetsAFullPoolEndThePurchases() {
    var policy = policy("0.10", "100", false);
    var first = decide(policy, known(policy));
    var full = PurchaseError.of("InsufficientInstanceCapacity", "none left");
    var answer =
        new PurchaseAnswer(first.progress().pending().get(0).number(), List.of(), List.of(full));

    var second = decide(policy, first.progress(), new FleetOutcome.Answered(answer, LATER));

    assertThat(second.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            CreateFleet.class, create -> assertThat(create.purchase().pool()).isEqualTo(DEAR));
    assertThat(second.progress().cooling()).containsKey(CHEAP);
  }

  @Test
  void shouldTellWhatAPersonHasToPutRight() {
    var policy = policy("0.10", "100", false);
    var first = decide(policy, known(policy));
    var denied = PurchaseError.of("UnauthorizedOperation", "allow iam:PassRole");
    var answer =
        new PurchaseAnswer(first.progress().pending().get(0).number(), List.of(), List.of(denied));

    var second = decide(policy, first.progress(), new FleetOutcome.Answered(answer, LATER));

    assertThat(second.actions()).isEmpty();
    assertThat(second.progress().decisions().get(0).reason().sentence())
        .startsWith("2 x m5.large in us-test-1a, asked for again at ")
        .endsWith(": UnauthorizedOperation: allow iam:PassRole");
  }

  @Test
  void shouldReplaceAtOnceWhatEc2TakesAway() {
    runs("i-1", CHEAP, Optional.of(LATER.plusSeconds(110)));
    var policy = policy("0.05", "2", false);

    assertThat(decide(policy, known(policy)).actions())
        .hasAtLeastOneElementOfType(CreateFleet.class);
  }

  @Test
  void shouldGiveBackTheWorstValueWhenTheBudgetIsLowered() {
    runs("i-1", CHEAP, Optional.empty());
    var dear = runs("i-2", DEAR, Optional.empty());
    var policy = policy("0.06", "100", false);

    assertThat(decide(policy, known(policy)).actions())
        .singleElement()
        .isInstanceOfSatisfying(
            TerminateInstances.class,
            terminate -> assertThat(terminate.machines().keySet()).containsExactly(dear));
  }

  @Test
  void neverTakesAMachineWithDataBeforeItIsReleased() {
    runs("i-1", CHEAP, Optional.empty());
    var dear = runs("i-2", DEAR, Optional.empty());
    var atWork = Set.of(new InstanceId("i-1"), dear);
    workload = Observed.known(new WorkloadView(atWork, Set.of(), Set.of(), 1));
    var policy = policy("0.06", "100", true);

    var asked = decide(policy, known(policy));
    assertThat(asked.actions()).isEmpty();
    assertThat(asked.progress().releases()).containsOnlyKeys(dear);

    workload =
        Observed.known(new WorkloadView(Set.of(new InstanceId("i-1")), Set.of(dear), Set.of(), 1));
    assertThat(decide(policy, asked.progress()).actions())
        .singleElement()
        .isInstanceOf(TerminateInstances.class);
  }

  @Test
  void neverDoesAnythingWithoutTheMachines() {
    var policy = policy("0.10", "100", false);
    var blind =
        new FleetView(
            LATER,
            Observed.unknown("RequestLimitExceeded"),
            Observed.known(quotes),
            Observed.known(new TreeMap<>()),
            Observed.known(List.of()),
            workload,
            Observed.unknown("nobody asks"));

    var decision = decider.decide(policy, blind, known(policy), List.of(), LATER);

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict().reason().sentence()).contains("RequestLimitExceeded");
  }

  @Test
  void shouldWaitForTheTagsAfterALostStatus() {
    var policy = policy("0.10", "100", false);

    var decision = decide(policy, FleetProgress.NONE);

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict().reason().code()).isEqualTo("Settling");
  }

  @Test
  void shouldCountAMachineAgainThatEc2HasNotTaken() {
    var policy = policy("0.10", "2", false);
    runs("i-1", CHEAP, Optional.of(LATER.minus(Duration.ofMinutes(6))));
    assertThat(decide(policy, known(policy)).actions()).isEmpty();

    machines.clear();
    runs("i-1", CHEAP, Optional.of(LATER.minus(Duration.ofMinutes(4))));
    assertThat(decide(policy, known(policy)).actions()).isNotEmpty();
  }

  private void isStranger(String id, long purchase) {
    machines.add(
        new MachineView(
            new InstanceId(id),
            CHEAP,
            State.RUNNING,
            START,
            Optional.empty(),
            purchase,
            Optional.empty(),
            Optional.empty(),
            Optional.empty()));
  }

  @Test
  void neverBuysInThePlaceOfAMachineWhoseTagSomebodyTook() {
    runs("i-1", CHEAP, Optional.empty());
    isStranger("i-2", 7);
    var policy = policy("0.20", "4", false);

    var decision = decide(policy, known(policy));

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.summary().strangers()).containsExactly(new InstanceId("i-2"));
    assertThat(decision.conditions())
        .filteredOn(each -> each.type().equals("TagsKept"))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.reason().sentence()).contains("i-2", "caretaker.dev/fleet=uid-1"));
    assertThat(decide(policy("0.20", "0", false), known(policy)).actions())
        .singleElement()
        .isInstanceOfSatisfying(
            TerminateInstances.class,
            each -> assertThat(each.machines()).containsOnlyKeys(new InstanceId("i-1")));
  }

  @Test
  void shouldCountWhatWasStrippedAgainstTheBudget() {
    isStranger("i-2", 7);
    var policy = policy("0.10", "100", false);

    assertThat(decide(policy, known(policy)).progress().pending())
        .singleElement()
        .satisfies(each -> assertThat(each.count()).isEqualTo(1));
  }

  @Test
  void neverCountsAMachineThatNoFleetHasBought() {
    isStranger("i-2", 0);
    var policy = policy("0.20", "2", false);

    assertThat(decide(policy, known(policy)).progress().pending()).hasSize(1);
  }

  private static FleetPolicy seen(FleetPolicy policy, int most) {
    var all = policy.limits();
    var limits =
        new Limits(
            all.newUtility(),
            all.perType(),
            all.sharePerType(),
            all.sharePerZone(),
            OptionalInt.of(most));
    return new FleetPolicy(
        policy.id(),
        policy.template(),
        policy.subnets(),
        policy.budget(),
        policy.prices(),
        limits,
        policy.floor(),
        policy.demand(),
        policy.worth(),
        policy.stateful(),
        policy.shrink(),
        policy.joinWithin(),
        policy.deletion(),
        policy.rebalance(),
        policy.paused(),
        policy.deleting());
  }

  @Test
  void neverBuysMoreMachinesThanTheClusterSees() {
    runs("i-1", CHEAP, Optional.empty());
    runs("i-2", CHEAP, Optional.of(LATER.plusSeconds(60)));
    workload =
        Observed.known(new WorkloadView(Set.of(new InstanceId("i-1")), Set.of(), Set.of(), 1));
    var policy = seen(policy("4.00", "100", true), 4);

    var decision = decide(policy, known(policy));

    assertThat(decision.progress().pending()).hasSize(1);
    assertThat(decision.progress().pending().get(0).count()).isEqualTo(2);
    var full = decide(seen(policy, 2), known(policy));
    assertThat(full.actions()).isEmpty();
    assertThat(full.conditions())
        .filteredOn(each -> each.type().equals("DemandMet"))
        .singleElement()
        .satisfies(
            each ->
                assertThat(each.reason().sentence())
                    .contains("more than the 2 machines of a fleet that a cluster sees"));
  }

  @Test
  void neverJudgesAMachineUselessThatTheClusterMayNotSee() {
    runs("i-1", CHEAP, Optional.empty());
    runs("i-2", CHEAP, Optional.empty());
    workload =
        Observed.known(new WorkloadView(Set.of(new InstanceId("i-1")), Set.of(), Set.of(), 1));
    var policy = policy("4.00", "4", true);

    assertThat(decide(seen(policy, 2), known(policy)).progress().releases()).isNotEmpty();
    assertThat(decide(seen(policy, 1), known(policy)).progress().releases()).isEmpty();
  }
}
