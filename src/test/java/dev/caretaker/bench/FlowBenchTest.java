package dev.caretaker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Four generated weeks with a wave of prices and a cut of the budget; the goals of 215 days. */
class FlowBenchTest {
  private static final int DAYS = 28;
  private static final double STARTS_A_DAY = 7000 / 215.0;

  @Test
  void shouldComeNearTheBoundWithFewStartsAndNoMiss() {
    var trace = FlowTrace.generated(DAYS, 3);

    var ours = FlowBench.play(trace, new FlowRules.Caretaker());

    assertThat(ours.expired()).isZero();
    assertThat(ours.over()).isBetween(0.0, 5.0);
    assertThat(ours.starts()).isLessThan((long) (DAYS * STARTS_A_DAY));
    assertThat(ours.late()).isLessThan(1);
    var backlogRule = FlowBench.play(trace, new FlowRules.Keda(0.5));
    assertThat(ours.starts()).isLessThan(backlogRule.starts());
    assertThat(backlogRule.expired()).isPositive();
  }
}
