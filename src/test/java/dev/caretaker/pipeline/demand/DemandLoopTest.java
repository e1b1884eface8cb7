package dev.caretaker.pipeline.demand;

import static dev.caretaker.pipeline.demand.AQueue.POLICY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.policy.DemandPolicy;
import java.time.Duration;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** The demand and what comes of it, with start-up delays, noise and late numbers. */
class DemandLoopTest {
  private static final int HOUR = 60;
  private static final int DAY = 24 * HOUR;

  private static DemandPolicy policy(Duration drainWithin, double firstGuess) {
    return new DemandPolicy(
        Duration.ofDays(1), drainWithin, firstGuess, Utility.ZERO, Utility.of("400"));
  }

  private static double daily(int minute) {
    return 5000 - 3500 * Math.cos((minute / 60.0 - 4) * Math.PI / 12);
  }

  @Property(tries = 6)
  void shouldComeToRestAfterAStep(@ForAll @LongRange(max = 1L << 40) long seed) {
    var loop = new DemandLoop(POLICY, minute -> minute < DAY ? 1000 : 6000, seed).play(3 * DAY);

    // 150 of utility do 6,000 an hour.
    assertThat(loop.demand(3 * DAY - 1)).isBetween(135.0, 185.0);
    assertThat(loop.rises(DAY + 12 * HOUR, 3 * DAY)).isLessThan(250);
    assertThat(loop.most(DAY, 3 * DAY)).isLessThan(1.5 * 150);
    assertThat(loop.oldestEver()).isLessThan(Duration.ofHours(6));
  }

  @Property(tries = 5)
  void shouldBendSeldomInADailyRhythm(@ForAll @LongRange(max = 1L << 40) long seed) {
    var loop = new DemandLoop(POLICY, DemandLoopTest::daily, seed).play(12 * DAY);

    // Who follows every hour adds 8,500 - 1,500 messages an hour's worth each day: 175.
    assertThat(loop.rises(4 * DAY, 12 * DAY)).isLessThan(8 * 0.8 * 175);
    assertThat(loop.oldestEver()).isLessThan(Duration.ofHours(6));
  }

  @Test
  void shouldStayStableWhereTheTimeIsHardlyMoreThanAStart() {
    var hasty = policy(Duration.ofMinutes(40), 40);
    var loop = new DemandLoop(hasty, minute -> 4000, 1).play(2 * DAY);

    assertThat(loop.most(DAY, 2 * DAY)).isLessThan(130);
    assertThat(loop.least(DAY, 2 * DAY)).isGreaterThan(75);
  }

  @Test
  void shouldMendAFirstGuessThatIsWrong() {
    var low = new DemandLoop(policy(Duration.ofHours(6), 10), minute -> 4000, 2).play(2 * DAY);
    var high = new DemandLoop(policy(Duration.ofHours(6), 200), minute -> 4000, 2).play(2 * DAY);

    assertThat(low.pace().or(0)).isCloseTo(40, within(3.0));
    assertThat(high.pace().or(0)).isCloseTo(40, within(3.0));
    assertThat(low.demand(2 * DAY - 1)).isBetween(85.0, 120.0);
    assertThat(high.demand(2 * DAY - 1)).isBetween(85.0, 120.0);
    assertThat(high.oldestEver()).isLessThan(Duration.ofHours(8));
  }

  @Test
  void shouldMissNothingAfterAStopOfTwoDays() {
    var loop =
        new DemandLoop(POLICY, minute -> 4000, 3)
            .running(minute -> minute < DAY || minute > 3 * DAY)
            .play(6 * DAY);

    assertThat(loop.oldestEver()).isLessThan(AQueue.RETENTION);
    assertThat(loop.backlog()).isLessThan(4000 * 6);
    assertThat(loop.demand(6 * DAY - 1)).isBetween(85.0, 120.0);
  }

  @Test
  void neverTakesASlowClusterForMoreWork() {
    var loop =
        new DemandLoop(POLICY, minute -> 4000, 4)
            .slow(minute -> minute > DAY && minute < DAY + 5 * HOUR)
            .play(2 * DAY);

    double before = loop.demand(DAY);
    assertThat(loop.most(DAY, DAY + 5 * HOUR)).isLessThanOrEqualTo(before);
    assertThat(loop.pace().or(0)).isCloseTo(40, within(3.0));
    assertThat(loop.demand(2 * DAY - 1)).isBetween(85.0, 130.0);
  }

  @Test
  void shouldGatherWhatIsTooLittleForAMachine() {
    var loop = new DemandLoop(POLICY, minute -> 30, 5).play(4 * DAY);

    assertThat(loop.oldestEver()).isLessThan(Duration.ofHours(6));
    long busy = IntStream.range(DAY, 4 * DAY).filter(i -> loop.demand(i) > 0).count();
    assertThat(busy).isLessThan(3 * DAY / 2);
  }

  @Test
  void shouldAskForNothingOnceNothingComes() {
    var loop = new DemandLoop(POLICY, minute -> minute < DAY ? 4000 : 0, 6).play(2 * DAY);

    assertThat(loop.backlog()).isZero();
    assertThat(loop.demand(2 * DAY - 1)).isZero();
  }
}
