package dev.caretaker.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.world.market.Prices;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** SpotManager's published rules, one by one. */
class PredecessorTest {
  private static final Instant START = Instant.parse("2026-01-10T00:00:00Z");
  private static final Pool ONE = Pool.of("m5.large", "us-test-1a");
  private static final Pool OTHER = Pool.of("c5.large", "us-test-1a");
  private static final double RUN = 1 / 6.0;

  private final Prices prices = new Prices();
  private final Map<MachineType, Double> utility = new HashMap<>();

  private void sold(Pool pool, String usd, double each) {
    price(pool, START.minus(Duration.ofDays(1)), usd);
    utility.put(pool.type(), each);
  }

  private void price(Pool pool, Instant from, String usd) {
    prices.set(pool, from, UsdPerHour.of(usd));
  }

  private Predecessor.Result after(int runs, String budget, Limits limits, String demand) {
    var predecessor =
        new Predecessor(
            policy(budget, limits, demand), utility, prices, List.copyOf(prices.pools()));
    for (int i = 0; i < runs; i++) {
      predecessor.run(START.plus(Predecessor.RUNS_EVERY.multipliedBy(i)));
    }
    return predecessor.result();
  }

  private static Limits limits(double share) {
    return StatelessFleet.shares(share, 1);
  }

  private static FleetPolicy policy(String budget, Limits limits, String demand) {
    return StatelessFleet.of(budget, limits, demand).atMost("0.2").policy();
  }

  @Test
  void shouldBidThePercentileOfTheHighestPriceOfEachHour() {
    // A quarter of the hours were at 0.50: the 80th percentile of them is too, whatever it is now.
    sold(ONE, "0.10", 4);
    price(ONE, START.minus(Duration.ofHours(8)), "0.50");
    price(ONE, START.minus(Duration.ofHours(2)), "0.10");

    assertThat(after(1, "0.49", limits(1), "4").starts()).isZero();
    assertThat(after(1, "0.50", limits(1), "4").starts()).isEqualTo(1);
  }

  @Test
  void shouldNotMindAHighPriceOfFewHours() {
    sold(ONE, "0.10", 4);
    price(ONE, START.minus(Duration.ofHours(4)), "0.50");
    price(ONE, START.minus(Duration.ofHours(2)), "0.10");

    assertThat(after(1, "0.12", limits(1), "4").starts()).isEqualTo(1);
  }

  @Test
  void shouldTryTheBestEstimatedValueFirst() {
    sold(ONE, "0.10", 4);
    sold(OTHER, "0.10", 5);

    var result = after(1, "0.15", limits(1), "5");

    assertThat(result.starts()).isEqualTo(1);
    assertThat(result.utilityHours()).isEqualTo(5 * RUN, within(1e-9));
  }

  @Test
  void shouldNotBidMoreThanItsUtilityIsWorth() {
    sold(ONE, "0.10", 0.4);

    assertThat(after(1, "1.00", limits(1), "4").starts()).isZero();
  }

  @Test
  void shouldBidOneMachineATenthAboveThePrice() {
    sold(ONE, "0.10", 4);
    price(ONE, START.plus(Duration.ofMinutes(10)), "0.11");
    price(ONE, START.plus(Duration.ofMinutes(20)), "0.12");

    assertThat(after(2, "0.20", limits(1), "4").lost()).isZero();
    assertThat(after(3, "0.20", limits(1), "4").lost()).isEqualTo(1);
  }

  @Test
  void shouldKeepToTheShareOfATypeWhenItCounts() {
    sold(ONE, "0.10", 1);

    // Of ten machines three quarters, less what it has, over what others leave: (7.5 - 0) / 0.25.
    assertThat(after(1, "9.00", limits(0.75), "10").starts()).isEqualTo(10);
    // And in later runs none of it, as long as all are of this type.
    sold(OTHER, "0.15", 1);
    var result = after(2, "9.00", limits(0.1), "10");
    assertThat(result.starts()).isEqualTo(2);
  }

  @Test
  void shouldCountBidsAgainstTheBudget() {
    sold(ONE, "0.10", 1);

    // A ladder of 0.10, 0.11 and 0.12 for three machines; the last has no room in 0.32.
    assertThat(after(1, "0.32", limits(1), "3").starts()).isEqualTo(2);
    var result = after(1, "0.34", limits(1), "3");
    assertThat(result.starts()).isEqualTo(3);
    // What runs is charged its price, not its bid.
    assertThat(result.usd()).isEqualTo(0.30 * RUN, within(1e-9));
  }

  @Test
  void shouldGiveNothingBackWhenPricesRiseToTheBids() {
    sold(ONE, "0.10", 4);
    sold(OTHER, "0.50", 4);
    price(ONE, START.plus(Duration.ofMinutes(10)), "0.11");
    price(OTHER, START.plus(Duration.ofMinutes(10)), "0.09");

    // Another would be cheaper now.
    var result = after(2, "0.20", limits(1), "4");
    assertThat(result.starts()).isEqualTo(1);
    assertThat(result.usd()).isEqualTo((0.10 + 0.11) * RUN, within(1e-9));
  }

  @Test
  void shouldClimbNoHigherThanTheNextHigherPriceOfAnHour() {
    sold(ONE, "0.10", 1);
    price(ONE, START.minus(Duration.ofHours(20)), "0.50");
    price(ONE, START.minus(Duration.ofHours(19)), "0.104");
    price(ONE, START.minus(Duration.ofHours(18)), "0.10");

    // 0.10, 0.102 and 0.104, not up to 0.12: 0.306 pays for them.
    assertThat(after(1, "0.3061", limits(1), "3").starts()).isEqualTo(3);
    assertThat(after(1, "0.3059", limits(1), "3").starts()).isEqualTo(2);
    price(ONE, START.plus(Duration.ofMinutes(10)), "0.103");
    assertThat(after(2, "0.3061", limits(1), "3").lost()).isEqualTo(2);
  }

  @Test
  void shouldBidNothingBelowTheHighestPriceOfThisHour() {
    sold(ONE, "0.10", 1);
    price(ONE, START.minus(Duration.ofHours(20)), "0.112");
    price(ONE, START.minus(Duration.ofHours(19)), "0.10");
    price(ONE, START, "0.115");
    price(ONE, START.plus(Duration.ofMinutes(5)), "0.10");

    // The ladder ends at 0.112, and this hour is worth 0.115 although 0.10 would do.
    assertThat(after(6, "1.00", limits(1), "3").starts()).isZero();
    assertThat(after(7, "1.00", limits(1), "3").starts()).isEqualTo(3);
  }

  @Test
  void shouldGiveBackWhatIsTooMuchAndBidForWhatIsMissingThen() {
    sold(ONE, "0.10", 4);
    sold(OTHER, "0.11", 2);

    // 4 and 2 for a demand of 5: the 2 goes, as it is 1 too large, and 1 is missing, half of a 2.
    var result = after(2, "1.00", limits(1), "5");
    assertThat(result.starts()).isEqualTo(3);
    assertThat(result.utilityHours()).isEqualTo(2 * 5 * RUN, within(1e-9));
    assertThat(result.usd()).isEqualTo(2 * 0.21 * RUN, within(1e-9));
  }

  @Test
  void shouldGiveBackTheWorstOfEquallyLargeOnes() {
    sold(ONE, "0.10", 3);
    sold(OTHER, "0.12", 3);
    var oneOfEach = new Limits(Optional.empty(), OptionalInt.of(1), 1, 1);

    // One of each for a demand of 4.5, then two of the better one.
    var result = after(2, "1.00", oneOfEach, "4.5");
    assertThat(result.starts()).isEqualTo(3);
    assertThat(result.usd()).isEqualTo((0.22 + 0.20) * RUN, within(1e-9));
  }

  @Test
  void shouldGiveNothingBackThatIsFarTooLarge() {
    sold(ONE, "0.10", 14);

    // Two for one and a half; 14 is 7 more than what is too much, which is just tolerated.
    assertThat(after(2, "1.00", limits(1), "21").starts()).isEqualTo(3);
    utility.put(ONE.type(), 15.0);
    assertThat(after(2, "1.00", limits(1), "22.5").starts()).isEqualTo(2);
  }
}
