package dev.caretaker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Generated prices move as those of EC2 did in 2024 and 2025. */
class GeneratedTest {
  private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

  private static Recorded market(long seed) {
    return Generated.market("us-test-1", START, START.plus(Duration.ofDays(90)), seed);
  }

  /** Relative changes of the mean over zones, as the recorded prices are, ascending. */
  private static List<Double> changes(int days) {
    var changes = new ArrayList<Double>();
    for (long seed = 1; seed <= 30; seed++) {
      var daily = new TreeMap<MachineType, double[]>();
      for (var price : market(seed).prices()) {
        int day = (int) Duration.between(START, price.at()).toDays();
        daily.computeIfAbsent(price.type(), type -> new double[91])[day] += price.usd().dollars();
      }
      for (var mean : daily.values()) {
        for (int day = 0; day + days < mean.length; day++) {
          changes.add(Math.abs(mean[day + days] / mean[day] - 1));
        }
      }
    }
    changes.sort(null);
    return changes;
  }

  private static double at(double percentile, List<Double> sorted) {
    return sorted.get((int) (percentile * (sorted.size() - 1)));
  }

  @Test
  void shouldMoveAsRecordedPricesDo() {
    assertThat(at(0.5, changes(1))).isBetween(0.010, 0.014);
    assertThat(at(0.99, changes(1))).isBetween(0.10, 0.18);
    assertThat(at(0.5, changes(7))).isBetween(0.027, 0.041);
    assertThat(at(0.99, changes(7))).isBetween(0.26, 0.44);
    assertThat(at(0.5, changes(30))).isBetween(0.06, 0.10);
    assertThat(at(0.99, changes(30))).isBetween(0.65, 1.4);
  }

  @Test
  void shouldBeTheSameForEqualSeedsOnly() {
    assertThat(market(1)).isEqualTo(market(1)).isNotEqualTo(market(2));
  }

  @Test
  void shouldNeverCostMoreThanOnDemand() {
    var market = market(3);
    assertThat(market.prices())
        .allSatisfy(
            price -> assertThat(price.usd()).isLessThanOrEqualTo(onDemand(market, price.type())));
  }

  private static UsdPerHour onDemand(Recorded market, MachineType type) {
    return Optional.ofNullable(market.types().get(type)).flatMap(TypeView::onDemand).orElseThrow();
  }
}
