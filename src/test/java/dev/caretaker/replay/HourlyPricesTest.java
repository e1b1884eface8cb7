package dev.caretaker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PricePoint;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Hours worked out by hand. */
class HourlyPricesTest {
  private static final Instant NOW = Instant.parse("2026-01-10T12:30:00Z");

  private static PricePoint point(String time, String usd) {
    return new PricePoint(Instant.parse("2026-01-10T" + time + ":00Z"), UsdPerHour.of(usd));
  }

  /** Of the five hours that begin at 8, 9, 10, 11 and 12. */
  private static HourlyPrices hourly(int minutes, PricePoint... points) {
    return HourlyPrices.of(
        new PriceSeries(Pool.of("m5.large", "us-test-1a"), List.of(points)),
        new PricePolicy(0.8, Duration.ofHours(4), Duration.ofMinutes(minutes), Optional.empty()),
        NOW);
  }

  @Test
  void shouldSpreadAPriceOverTheTimeBeforeIt() {
    var points = List.of(point("03:00", "1"), point("10:30", "5"), point("11:00", "2"));
    var given = points.toArray(new PricePoint[0]);

    // The 5 holds from 10:25, from 9:30 and from 8:30 on, and the 2 of 11:00 that long before it.
    assertThat(hourly(5, given).values()).containsExactly(1.0, 1.0, 5.0, 2.0, 2.0);
    assertThat(hourly(60, given).values()).containsExactly(1.0, 5.0, 5.0, 2.0, 2.0);
    assertThat(hourly(120, given).values()).containsExactly(5.0, 5.0, 5.0, 2.0, 2.0);
  }

  @Test
  void shouldCountAnHourAtItsHighestPrice() {
    var prices = hourly(5, point("03:00", "3"), point("12:10", "4"), point("12:20", "1"));

    assertThat(prices.values()).containsExactly(3.0, 3.0, 3.0, 3.0, 4.0);
    assertThat(prices.current()).hasValue(4.0);
  }

  @Test
  void shouldKnowThePercentileAndWhatIsNextAboveIt() {
    var prices = new HourlyPrices(List.of(3.0, 1.0, 7.0, 2.0, 5.0));

    assertThat(prices.at(0.8)).hasValue(5.0);
    assertThat(prices.at(0.61)).hasValue(5.0);
    assertThat(prices.at(0.6)).hasValue(3.0);
    assertThat(prices.above(3.0)).hasValue(5.0);
    assertThat(prices.above(7.0)).isEmpty();
  }

  @Test
  void shouldLeaveOutHoursWithoutAPrice() {
    assertThat(hourly(5, point("10:30", "5")).values()).containsExactly(5.0, 5.0, 5.0);
    assertThat(hourly(5).values()).isEmpty();
    assertThat(hourly(5).at(0.8)).isEmpty();
    assertThat(hourly(5).current()).isEmpty();
  }
}
