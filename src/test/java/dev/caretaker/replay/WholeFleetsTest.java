package dev.caretaker.replay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.Pool;
import dev.caretaker.replay.SharePrices.Choices;
import dev.caretaker.replay.Slack.Part;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Fleets worked out by hand: a machine of 1 for 0.05, and one of 4 for 0.30. */
class WholeFleetsTest {
  private static final Pool SMALL = Pool.of("small", "us-test-1a");
  private static final Pool LARGE = Pool.of("large", "us-test-1a");
  private static final Pool OTHER = Pool.of("large", "us-test-1b");

  /** Types have no limit, and each zone a half of a fleet of 8. */
  private static final WholeFleets.Limit HALF_A_ZONE =
      new WholeFleets.Limit() {
        @Override
        public double ofType(Pool pool) {
          return Double.MAX_VALUE;
        }

        @Override
        public double ofZone(Pool pool, double largest) {
          return Slack.room(new Part(pool.zone().value(), 0.5), largest, 8);
        }
      };

  /** A type has room for 7, and a zone for anything. */
  private static final WholeFleets.Limit SEVEN_OF_A_TYPE =
      new WholeFleets.Limit() {
        @Override
        public double ofType(Pool pool) {
          return 7;
        }

        @Override
        public double ofZone(Pool pool, double largest) {
          return Double.MAX_VALUE;
        }
      };

  private static OptionalDouble most(double budget, WholeFleets.Limit limit, Pool... pools) {
    return WholeFleets.most(choices(budget, pools), limit, 100);
  }

  private static Choices choices(double budget, Pool... pools) {
    var prices = new TreeMap<>(Map.of(SMALL, 0.05, LARGE, 0.30, OTHER, 0.30));
    var utility = new HashMap<>(Map.of(SMALL.type(), 1.0, LARGE.type(), 4.0));
    return new Choices(budget, List.of(pools), prices, utility);
  }

  @Test
  void shouldFillEveryZoneToItsLimit() {
    // The first zone has room for 6, where 2 of the larger one's 4 are beyond its half; so has the
    // other, and one machine that fits.
    assertThat(most(0.70, HALF_A_ZONE, SMALL, LARGE, OTHER)).hasValue(10);
    assertThat(most(0.59, HALF_A_ZONE, SMALL, LARGE, OTHER)).hasValue(9);
    assertThat(most(0.29, HALF_A_ZONE, SMALL, LARGE, OTHER)).hasValue(5);
  }

  @Test
  void shouldLetAZoneExceedItsShareByAMachineThatItHolds() {
    // Of a fifth small one only half has room.
    assertThat(most(9, HALF_A_ZONE, SMALL)).hasValue(4);
    assertThat(most(9, HALF_A_ZONE, SMALL, OTHER)).hasValue(8);
  }

  @Test
  void shouldKeepTheLimitOfAType() {
    // One large one in either zone, and seven small ones.
    assertThat(most(9, SEVEN_OF_A_TYPE, SMALL, LARGE, OTHER)).hasValue(11);
    assertThat(most(0.45, SEVEN_OF_A_TYPE, SMALL, LARGE, OTHER)).hasValue(7);
  }

  @Test
  void shouldSayNothingOfTooManyCombinations() {
    var choices = choices(9, SMALL, OTHER);

    assertThat(WholeFleets.most(choices, SEVEN_OF_A_TYPE, 800)).hasValue(11);
    assertThat(WholeFleets.most(choices, SEVEN_OF_A_TYPE, 1000)).isEmpty();
  }
}
