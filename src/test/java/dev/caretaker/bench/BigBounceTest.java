package dev.caretaker.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class BigBounceTest {
  private static final int PER_ZONE = 14;
  private static final int ZONES = 3;

  @Test
  void shouldBounceEightyNodesNearlyAsFastAsCanBe() {
    var big = new BigBounce(BigBounce.ROOMY);

    var bounce = big.bounce(PER_ZONE);

    assertThat(bounce.harms()).isEmpty();
    assertThat(bounce.settled()).as(bounce.last()).isTrue();
    assertThat(bounce.took()).isLessThan(Duration.ofHours(4));
    assertThat(seconds(bounce.took()))
        .isLessThan(1.15 * seconds(big.criticalPath(PER_ZONE)))
        .isGreaterThanOrEqualTo(seconds(big.criticalPath(PER_ZONE)));
    // Two for the data nodes of each zone, one for its master.
    assertThat(bounce.sets()).hasSize(3 * ZONES);
    var next = ForecastBench.plan(big.world(), big.policy(PER_ZONE));
    assertThat(seconds(next.takes()))
        .isBetween(0.85 * seconds(bounce.took()), 1.15 * seconds(bounce.took()));
  }

  private static double seconds(Duration duration) {
    return duration.toSeconds();
  }
}
