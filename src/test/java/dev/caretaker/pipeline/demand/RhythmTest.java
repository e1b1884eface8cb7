package dev.caretaker.pipeline.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class RhythmTest {
  /** A Monday. */
  private static final Instant BEGIN = Instant.parse("2026-11-02T00:00:00Z");

  private static final Duration PERIOD = Duration.ofMinutes(5);

  private static double daily(Instant at) {
    double hour = at.atOffset(ZoneOffset.UTC).toLocalTime().toSecondOfDay() / 3600.0;
    return 6000 - 4000 * Math.cos((hour - 4) * Math.PI / 12);
  }

  private static double weekly(Instant at) {
    return daily(at) * (at.atOffset(ZoneOffset.UTC).getDayOfWeek().getValue() > 5 ? 0.3 : 1);
  }

  private static Rhythm seen(Duration time, ToDoubleFunction<Instant> perHour, double noise) {
    var chance = new Random(5);
    var rhythm = Rhythm.NONE;
    for (var at = BEGIN; at.isBefore(BEGIN.plus(time)); at = at.plus(PERIOD)) {
      double messages = perHour.applyAsDouble(at.plus(PERIOD.dividedBy(2))) / 12;
      double odd = 1 + noise * chance.nextGaussian();
      rhythm = rhythm.counting(at, at.plus(PERIOD), Math.max(0, messages * odd));
    }
    return rhythm;
  }

  @Test
  void shouldExpectWhatTheLastHoursWereBeforeADayWasSeen() {
    var rhythm = seen(Duration.ofHours(5), at -> 600, 0);

    assertThat(rhythm.at(BEGIN.plus(Duration.ofHours(12))).orElseThrow())
        .isCloseTo(600, within(1.0));
    assertThat(Rhythm.NONE.at(BEGIN)).isEmpty();
  }

  @Test
  void shouldKnowTheHoursOfTheDay() {
    var days = Duration.ofDays(5);
    var rhythm = seen(days, RhythmTest::daily, 0.2);

    for (int hour = 0; hour < 24; hour++) {
      var then = BEGIN.plus(days).plus(Duration.ofHours(hour));
      assertThat(rhythm.at(then).orElseThrow())
          .as("after %d h", hour)
          .isCloseTo(daily(then), Percentage.withPercentage(20));
    }
  }

  @Test
  void shouldKnowTheHoursOfTheWeek() {
    var days = Duration.ofDays(28);
    var rhythm = seen(days, RhythmTest::weekly, 0.2);

    for (int hour = 6; hour < 168; hour += 12) {
      var then = BEGIN.plus(days).plus(Duration.ofHours(hour));
      assertThat(rhythm.at(then).orElseThrow())
          .as("after %d h", hour)
          .isCloseTo(weekly(then), Percentage.withPercentage(25));
    }
  }

  @Test
  void shouldFollowALevelThatRises() {
    var turn = BEGIN.plus(Duration.ofDays(20));
    var rhythm =
        seen(Duration.ofHours(20 * 24 + 4), at -> weekly(at) * (at.isBefore(turn) ? 1 : 1.5), 0);
    var then = turn.plus(Duration.ofHours(5));

    assertThat(rhythm.at(then).orElseThrow())
        .isCloseTo(1.5 * weekly(then), Percentage.withPercentage(10));
  }

  @Test
  void shouldExpectNothingOnceNothingComesAnyMore() {
    var end = BEGIN.plus(Duration.ofDays(20));
    var rhythm = seen(Duration.ofHours(20 * 24 + 12), at -> at.isBefore(end) ? daily(at) : 0, 0);

    assertThat(rhythm.over(end.plus(Duration.ofHours(12)), Duration.ofHours(1)).orElseThrow())
        .isLessThan(0.1 * daily(end.plus(Duration.ofHours(12))));
  }

  @Test
  void neverTakesAGapForSilence() {
    var rhythm = seen(Duration.ofHours(5), at -> 600, 0);
    var after = BEGIN.plus(Duration.ofHours(9));

    var next = rhythm.counting(after, after.plus(PERIOD), 50);

    assertThat(next.lately().orElseThrow()).isCloseTo(600, within(1.0));
    assertThat(next.hours()).isEqualTo(5);
    assertThat(next.day().get(7)).isNegative();
  }
}
