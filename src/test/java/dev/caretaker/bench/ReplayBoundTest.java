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

  /** The example's spec, and the same with a demand that its budget can pay. */
  private static final List<Wish> WISHES =
      List.of(
          new Wish("4.00", "2000", 0.95, 7, 0.7, 0.6), new Wish("4.00", "150", 0.95, 7, 0.7, 0.6));

  private static void isGood(Report report) {
    assertThat(report.minutesOverBudget()).isZero();
    assertThat(report.utilityHours())
        .isBetween(0.98 * report.boundUtilityHours(), report.boundUtilityHours());
  }

  @Test
  void shouldBeNearTheBestOnGeneratedMarkets() {
    for (var wish : WISHES) {
      for (long seed = 1; seed <= 2; seed++) {
        isGood(ReplayBench.generated(seed, wish, Duration.ofDays(5)));
      }
    }
  }

  @Test
  void shouldBeNearTheBestOnRecordedPrices() throws Exception {
    assumeTrue(Files.exists(RECORDED));
    var recorded = Recorded.read(RECORDED, Optional.empty());
    for (var wish : WISHES) {
      for (var day : List.of("2024-10-01T00:00:00Z", "2025-06-01T00:00:00Z")) {
        isGood(ReplayBench.past(recorded, wish, Instant.parse(day), Duration.ofDays(7)));
      }
    }
  }
}
