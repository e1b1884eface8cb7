package dev.caretaker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.bench.ForecastBench.Accuracy;
import dev.caretaker.bench.ForecastBench.Trial;
import org.junit.jupiter.api.Test;

/** Of fewer clusters than the benchmark takes, and generously: equal seeds give equal errors. */
class ForecastAccuracyTest {
  private static final long SEEDS = 24;

  @Test
  void shouldPredictASecondBounceFromTheFirst() {
    var trials = ForecastBench.trials(1, SEEDS);
    var first = Accuracy.of(trials.stream().map(Trial::first).toList());
    var second = Accuracy.of(trials.stream().map(Trial::second).toList());

    assertThat(second.unfinished()).isZero();
    assertThat(second.median()).isLessThan(10);
    assertThat(second.p95()).isLessThan(35);
    assertThat(second.bias()).isBetween(-10.0, 10.0);
    assertThat(second.median()).isLessThan(first.median());
  }
}
