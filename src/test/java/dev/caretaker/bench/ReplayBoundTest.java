package dev.caretaker.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.caretaker.bench.ReplayBench.Wish;
import dev.caretaker.replay.Recorded;
import dev.caretaker.replay.Report;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A few of the markets of the benchmark: within the budget, and near the bound. */
class ReplayBoundTest {
  private static final Path RECORDED = Path.of("../shared/data/spot-prices/us-east-1.csv.gz");

  /** The parts of the bound that a spec comes to on generated and on recorded prices, at least. */
  private record Promise(Wish wish, double generated, double recorded) {}

  /** The example's spec, one for few machines, and one with a demand that its budget can pay. */
  private static final List<Promise> PROMISES =
      List.of(
          new Promise(new Wish("4.00", "2000", 0.95, 7, 0.7, 0.6), 0.985, 0.995),
          new Promise(new Wish("1.00", "2000", 0.8, 7, 0.7, 0.6), 0.98, 0.998),
          new Promise(new Wish("4.00", "150", 0.95, 7, 0.7, 0.6), 0.999, 0.999));

  private static void isGood(Report report, double part) {
    assertThat(report.minutesOverBudget()).isZero();
    assertThat(report.utilityHours())
        .isBetween(part * report.boundUtilityHours(), report.boundUtilityHours());
  }

  @Test
  void shouldBeNearTheBestOnGeneratedMarkets() {
    for (var promise : PROMISES) {
      for (long seed = 1; seed <= 2; seed++) {
        var report = ReplayBench.generated(seed, promise.wish(), Duration.ofDays(5));
        isGood(report, promise.generated());
      }
    }
  }

  @Test
  void shouldBeNearTheBestOnRecordedPrices() throws Exception {
    assumeTrue(Files.exists(RECORDED));
    var recorded = Recorded.read(RECORDED, Optional.empty());
    for (var promise : PROMISES) {
      for (var day : List.of("2024-10-01T00:00:00Z", "2025-06-01T00:00:00Z")) {
        var week = Duration.ofDays(7);
        var report = ReplayBench.past(recorded, promise.wish(), Instant.parse(day), week);
        isGood(report, promise.recorded());
      }
    }
  }
}
