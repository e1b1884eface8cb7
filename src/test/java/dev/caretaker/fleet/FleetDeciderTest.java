package dev.caretaker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.FleetSummary.Excess;
import dev.caretaker.fleet.action.FleetAction.CreateFleet;
import dev.caretaker.fleet.action.FleetAction.TerminateInstances;
import dev.caretaker.fleet.action.FleetOutcome;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FleetDeciderTest extends FleetOfTwoPools {
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
  void shouldBuyInTheSubnetOfAZoneThatHasTheMostAddressesLeft() {
    subnets.add(new Subnet("subnet-2", CHEAP.zone(), 251));
    subnets.add(new Subnet("subnet-3", CHEAP.zone(), 3));
    var policy = policy("0.20", "4", false);

    assertThat(decide(policy, known(policy)).progress().pending())
        .singleElement()
        .satisfies(each -> assertThat(each.subnet()).isEqualTo("subnet-2"));
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
    for (int i = 0; i < 8; i++) {
      runs("i-" + i, DEAR, Optional.empty());
    }
    quotes.put(CHEAP, new Quote(CHEAP, UsdPerHour.of("0.03"), UsdPerHour.of("0.06")));
    var policy = policy("0.40", "100", false);
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

  /** Both types and both zones are full: no machine alone has room where it would be better. */
  @Test
  void shouldExchangeOneOfEachWhereTwoTypesAreInTheWrongZones() {
    var cheapThere = Pool.of("m5.large", "us-test-1b");
    var dearThere = Pool.of("m6.large", "us-test-1b");
    subnets.add(new Subnet("subnet-2", cheapThere.zone(), 250));
    price(CHEAP, "0.05");
    price(dearThere, "0.05");
    price(cheapThere, "0.04");
    price(DEAR, "0.04");
    for (int i = 0; i < 4; i++) {
      runs("i-a" + i, CHEAP, Optional.empty());
      runs("i-b" + i, dearThere, Optional.empty());
    }
    var wish = new Wish(policy("0.40", "100", false));
    wish.limits = new Limits(Optional.empty(), OptionalInt.empty(), 0.5, 0.5);
    var policy = wish.policy();

    var decision = decider.decide(policy, view(), known(policy), List.of(), LATER.plusSeconds(60));

    assertThat(decision.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            TerminateInstances.class,
            terminate ->
                assertThat(terminate.machines().keySet())
                    .extracting(each -> each.value().substring(0, 3))
                    .containsExactly("i-a", "i-b"));
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
  void neverForgetsARequestBeforeItsLastRepeatIsVisible() {
    var policy = policy("0.10", "100", false);
    var first = decide(policy, known(policy));
    var last = LATER.plus(Duration.ofHours(1));

    var repeated = decider.decide(policy, view(), first.progress(), List.of(), last);
    var over = decider.decide(policy, view(), repeated.progress(), List.of(), last.plusSeconds(10));
    var visible = decider.decide(policy, view(), over.progress(), List.of(), last.plusSeconds(200));

    assertThat(repeated.actions()).hasSize(1);
    assertThat(over.actions()).isEmpty();
    assertThat(over.progress().pending()).isEqualTo(first.progress().pending());
    assertThat(visible.progress().pending()).isNotEqualTo(first.progress().pending());
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
  void shouldGoOnSayingWhyNothingIsGivenBackWhileEc2IsLeftAlone() {
    runs("i-1", CHEAP, Optional.empty());
    runs("i-2", DEAR, Optional.empty());
    var policy = policy("0.06", "100", false);
    var progress = known(policy);
    var now = LATER;
    for (int i = 0; i < 8; i++) {
      var asked = decider.decide(policy, view(), progress, List.of(), now);
      var failed = new FleetOutcome.Failed(asked.actions().get(0), "it is protected", false, now);
      progress = decider.decide(policy, view(), asked.progress(), List.of(failed), now).progress();
      now = progress.backOff().until();
    }

    for (var at = now.minusSeconds(300); at.isBefore(now); at = at.plusSeconds(15)) {
      var decision = decider.decide(policy, view(), progress, List.of(), at);

      assertThat(decision.actions()).isEmpty();
      assertThat(decision.conditions())
          .filteredOn(each -> each.type().equals("RequestsAccepted"))
          .singleElement()
          .satisfies(each -> assertThat(each.reason().sentence()).contains("it is protected"));
      progress = decision.progress();
    }
  }

  /** Machines i-1 and i-2 are at work for a cluster; the dear one is what 0.06 does not pay for. */
  private InstanceId overTheBudgetWithData() {
    var cheap = runs("i-1", CHEAP, Optional.empty());
    var dear = runs("i-2", DEAR, Optional.empty());
    workload = Observed.known(new WorkloadView(Set.of(cheap, dear), Set.of(), Set.of(), 1));
    return dear;
  }

  @Test
  void neverTakesAMachineWithDataBeforeItIsReleased() {
    var dear = overTheBudgetWithData();
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
  void neverExcusesWhatIsOverTheBudgetByARequestThatMakesNoProgress() {
    var dear = overTheBudgetWithData();
    var atWork = Set.of(new InstanceId("i-1"), dear);
    var policy = policy("0.06", "100", true);
    var asked = decide(policy, known(policy));
    var later = LATER.plus(Duration.ofMinutes(3));

    assertThat(asked.summary().excess()).contains(Excess.SAFETY);
    var stuck = decider.decide(policy, view(), asked.progress(), List.of(), later);
    assertThat(stuck.summary().excess()).contains(Excess.STUCK);
    assertThat(stuck.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    workload = Observed.known(new WorkloadView(atWork, Set.of(), Set.of(dear), 1));
    assertThat(
            decider.decide(policy, view(), asked.progress(), List.of(), later).summary().excess())
        .contains(Excess.SAFETY);
  }

  @Test
  void shouldTellSomebodyOfARequestThatMakesNoProgressForAnHour() {
    runs("i-1", CHEAP, Optional.empty());
    var dear = runs("i-2", DEAR, Optional.empty());
    var atWork = Set.of(new InstanceId("i-1"), dear);
    workload = Observed.known(new WorkloadView(atWork, Set.of(), Set.of(), 1));
    var policy = policy("4.00", "0", true);
    var asked = decide(policy, known(policy)).progress();
    assertThat(asked.releases()).hasSize(1);

    var busy = decider.decide(policy, view(), asked, List.of(), LATER.plusSeconds(3599));
    var stuck = decider.decide(policy, view(), asked, List.of(), LATER.plusSeconds(3601));

    assertThat(busy.verdict().kind()).isEqualTo(Verdict.Kind.WAITING);
    assertThat(stuck.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(stuck.verdict().reason().code()).isEqualTo("ReleaseStuck");
    assertThat(stuck.progress().releases()).isEqualTo(asked.releases());
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
}
