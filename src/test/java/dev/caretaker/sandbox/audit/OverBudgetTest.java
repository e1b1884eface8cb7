package dev.caretaker.sandbox.audit;

import static dev.caretaker.sandbox.audit.OverBudget.Cause.FLOOR;
import static dev.caretaker.sandbox.audit.OverBudget.Cause.NOBODY;
import static dev.caretaker.sandbox.audit.OverBudget.Cause.SAFETY;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.UsdPerHour;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import org.junit.jupiter.api.Test;

class OverBudgetTest {
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");
  private static final Duration PASS = OverBudget.ONE_PASS;

  private final OverBudget overBudget = new OverBudget();

  private static Instant at(Duration since) {
    return START.plus(since);
  }

  @Test
  void shouldGrantOnePassToSeeIt() {
    overBudget.over(START, NOBODY);
    overBudget.within(at(PASS));

    assertThat(overBudget.time(NOBODY)).isZero();
  }

  @Test
  void shouldCountWhatIsBeyondOnePass() {
    overBudget.over(START, NOBODY);
    overBudget.over(at(PASS.minusSeconds(1)), NOBODY);
    overBudget.within(at(PASS.plusSeconds(30)));

    assertThat(overBudget.time(NOBODY)).isEqualTo(Duration.ofSeconds(30));
  }

  @Test
  void shouldGrantThePassOnceForEachTimeThatItCameOver() {
    overBudget.over(START, NOBODY);
    overBudget.over(at(PASS), NOBODY);
    overBudget.within(at(PASS.plusSeconds(10)));
    overBudget.over(at(PASS.multipliedBy(2)), NOBODY);
    overBudget.within(at(PASS.multipliedBy(3)));

    assertThat(overBudget.time(NOBODY)).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void shouldCountEachStretchForItsCause() {
    overBudget.over(START, NOBODY);
    overBudget.over(at(PASS), SAFETY);
    overBudget.over(at(PASS.plusSeconds(20)), FLOOR);
    overBudget.over(at(PASS.plusSeconds(25)), NOBODY);
    overBudget.within(at(PASS.plusSeconds(26)));

    assertThat(overBudget.time(SAFETY)).isEqualTo(Duration.ofSeconds(20));
    assertThat(overBudget.time(FLOOR)).isEqualTo(Duration.ofSeconds(5));
    assertThat(overBudget.time(NOBODY)).isEqualTo(Duration.ofSeconds(1));
  }

  @Test
  void shouldBlameNobodyForTheExcessOfSafetyAndFloorOnly() {
    assertThat(workers(4).isOver()).isTrue();
    assertThat(workers(4).cause()).isEqualTo(FLOOR);
    assertThat(workers(5).cause()).isEqualTo(NOBODY);
    assertThat(workers(2).isOver()).isFalse();
    assertThat(nodes(2, false).cause()).isEqualTo(SAFETY);
    assertThat(nodes(3, true).cause()).isEqualTo(SAFETY);
    assertThat(nodes(3, false).cause()).isEqualTo(NOBODY);
  }

  private static Bill workers(int count) {
    return bill(count, 4, 0, 0, false);
  }

  private static Bill nodes(int count, boolean emptying) {
    return bill(count, 0, 2, count, emptying);
  }

  private static Bill bill(int count, int floor, int wanted, int nodes, boolean emptying) {
    return new Bill(
        Collections.nCopies(count, UsdPerHour.of("0.10")),
        UsdPerHour.of("0.20"),
        floor,
        wanted,
        nodes,
        emptying);
  }
}
