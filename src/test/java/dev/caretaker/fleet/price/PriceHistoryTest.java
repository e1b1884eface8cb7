package dev.caretaker.fleet.price;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PricePoint;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class PriceHistoryTest {
  private static final Pool POOL = Pool.of("m5.large", "us-test-1a");
  private static final Instant NOW = Instant.parse("2026-11-20T12:30:00Z");

  private static PricePolicy policy(double percentile, int historyHours, int horizonHours) {
    return new PricePolicy(
        percentile,
        Duration.ofHours(historyHours),
        Duration.ofHours(horizonHours),
        Optional.empty());
  }

  private static PricePoint point(int hoursAgo, long nanos) {
    return new PricePoint(NOW.minus(Duration.ofHours(hoursAgo)), new UsdPerHour(nanos));
  }

  private static Quote quote(PricePolicy policy, PricePoint... points) {
    return PriceHistory.quote(new PriceSeries(POOL, List.of(points)), policy, NOW).orElseThrow();
  }

  @Test
  void shouldTakeThePriceThatSufficedForThePercentile() {
    var quote = quote(policy(0.9, 10, 1), point(20, 10), point(5, 50), point(4, 10));

    // Two of ten hours touch the peak, so nine of ten need it.
    assertThat(quote.ceiling()).isEqualTo(new UsdPerHour(50));
    assertThat(quote.today()).isEqualTo(new UsdPerHour(10));
    assertThat(quote(policy(0.8, 10, 1), point(20, 10), point(5, 50), point(4, 10)).ceiling())
        .isEqualTo(new UsdPerHour(10));
  }

  @Test
  void shouldSpreadAPriceOverTheHorizonBeforeIt() {
    var narrow = quote(policy(0.6, 10, 1), point(20, 10), point(5, 50), point(4, 10));
    var wide = quote(policy(0.6, 10, 5), point(20, 10), point(5, 50), point(4, 10));

    assertThat(narrow.ceiling()).isEqualTo(new UsdPerHour(10));
    assertThat(wide.ceiling()).isEqualTo(new UsdPerHour(50));
  }

  @Test
  void neverAsksForLessThanTheCurrentPrice() {
    assertThat(quote(policy(0.5, 10, 1), point(20, 10), point(0, 90)).ceiling())
        .isEqualTo(new UsdPerHour(90));
  }

  @Test
  void shouldSayNothingOfAPoolWithoutAPrice() {
    var empty = new PriceSeries(POOL, List.of());

    assertThat(PriceHistory.quote(empty, policy(0.5, 10, 1), NOW)).isEmpty();
  }

  /** The walk with a window gives what a slow look at every hour gives. */
  @Property
  void shouldBeWhatCountingEachHourGives(
      @ForAll @Size(min = 1, max = 12) List<@IntRange(min = 1, max = 99) Integer> prices,
      @ForAll @IntRange(min = 1, max = 24) int history,
      @ForAll @IntRange(min = 1, max = 12) int horizon,
      @ForAll @IntRange(min = 1, max = 100) int percent) {
    var now = Instant.parse("2026-11-20T12:00:00Z");
    var points = new ArrayList<PricePoint>();
    for (int i = 0; i < prices.size(); i++) {
      var at = now.minus(Duration.ofHours(2L * (prices.size() - 1 - i)));
      points.add(new PricePoint(at, new UsdPerHour(prices.get(i))));
    }
    var policy = policy(percent / 100.0, history, horizon);

    var quote = PriceHistory.quote(new PriceSeries(POOL, points), policy, now).orElseThrow();

    var hours = new ArrayList<Long>();
    long known = Math.min(history, 2L * (prices.size() - 1) + 1);
    for (long ago = known - 1; ago >= 0; ago--) {
      long highest = 0;
      for (long later = ago; later >= 0 && later > ago - horizon; later--) {
        highest = Math.max(highest, prices.get((int) (prices.size() - 1 - (later + 1) / 2)));
      }
      hours.add(highest);
    }
    hours.sort(null);
    int rank = (int) Math.ceil(percent / 100.0 * hours.size() - 1e-9);
    long expected = Math.max(hours.get(Math.max(0, rank - 1)), prices.get(prices.size() - 1));
    assertThat(quote.ceiling()).isEqualTo(new UsdPerHour(expected));
  }
}
