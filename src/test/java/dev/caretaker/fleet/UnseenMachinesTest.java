package dev.caretaker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.FleetSummary.Excess;
import dev.caretaker.fleet.action.FleetAction.TerminateInstances;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.kernel.Verdict;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Machines whose tag somebody took, and more of them than a cluster sees. */
class UnseenMachinesTest extends FleetOfTwoPools {
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

  @Test
  void neverEndsWhileWhatItBoughtRunsWithoutItsTag() {
    isStranger("i-2", 7);
    var policy = policy("0.20", "4", false).leaving();

    var decision = decide(policy, known(policy));

    assertThat(decision.ended()).isFalse();
    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(decision.verdict().refusals())
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.subjects()).containsExactly("i-2");
              assertThat(each.liftedBy()).contains("caretaker.dev/fleet=uid-1");
            });
    machines.clear();
    isStranger("i-2", 0);
    assertThat(decide(policy, known(policy)).ended()).isTrue();
  }

  @Test
  void shouldGiveBackWhatMakesTheStrippedOneTooMuchForTheBudget() {
    runs("i-1", CHEAP, Optional.empty());
    runs("i-3", DEAR, Optional.empty());
    isStranger("i-2", 7);
    var policy = policy("0.08", "100", false);

    var decision = decide(policy, known(policy));

    assertThat(decision.actions())
        .singleElement()
        .isInstanceOfSatisfying(
            TerminateInstances.class,
            each -> assertThat(each.machines()).containsOnlyKeys(new InstanceId("i-3")));
    assertThat(decide(policy("0.03", "100", false), known(policy)).summary().excess())
        .contains(Excess.NONE);
    machines.clear();
    isStranger("i-2", 7);
    var nothingElse = decide(policy("0.03", "100", false), known(policy));
    assertThat(nothingElse.summary().excess()).contains(Excess.STRIPPED);
    assertThat(nothingElse.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
  }

  @Test
  void shouldCountWhatWasStrippedForTheFloor() {
    runs("i-1", CHEAP, Optional.empty());
    runs("i-3", DEAR, Optional.empty());
    isStranger("i-2", 7);
    var wish = new Wish(policy("0.20", "0", false));
    wish.floor = Utility.of("4");
    var policy = wish.policy();

    assertThat(decide(policy, known(policy)).actions())
        .singleElement()
        .isInstanceOfSatisfying(
            TerminateInstances.class,
            each -> assertThat(each.machines()).containsOnlyKeys(new InstanceId("i-3")));
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
    var wish = new Wish(policy);
    wish.limits = limits;
    return wish.policy();
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
                    .contains("more than the 2 machines of a fleet that its cluster or"));
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
