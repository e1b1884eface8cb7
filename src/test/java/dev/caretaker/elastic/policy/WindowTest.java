package dev.caretaker.elastic.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WindowTest {
  private static Window window(String schedule, int minutes) {
    return new Window(schedule, Duration.ofMinutes(minutes), "Europe/Berlin");
  }

  private static Optional<Instant> next(String schedule, String now) {
    return window(schedule, 60).opensNext(Instant.parse(now));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 2 * * *          | 2026-11-21T00:59:59Z | 2026-11-21T01:00:00Z",
        "0 2 * * *          | 2026-11-21T01:00:00Z | 2026-11-22T01:00:00Z",
        "0 2 * * 1-5        | 2026-11-20T12:00:00Z | 2026-11-23T01:00:00Z",
        "0 2 * * MON-FRI    | 2026-11-20T12:00:00Z | 2026-11-23T01:00:00Z",
        "0 2 * * FRI-SUN    | 2026-11-19T12:00:00Z | 2026-11-20T01:00:00Z",
        "0 2 * * 7          | 2026-11-19T12:00:00Z | 2026-11-22T01:00:00Z",
        "0 2 * * 0          | 2026-11-19T12:00:00Z | 2026-11-22T01:00:00Z",
        "*/20 * * * *       | 2026-11-21T10:05:00Z | 2026-11-21T10:20:00Z",
        "5/20 * * * *       | 2026-11-21T10:26:00Z | 2026-11-21T10:45:00Z",
        "0 22-2/2 * * *     | 2026-11-21T20:00:00Z | 2026-11-21T21:00:00Z",
        "0 22-2/2 * * *     | 2026-11-21T23:30:00Z | 2026-11-22T01:00:00Z",
        "0 0 1 JAN *        | 2026-11-21T10:00:00Z | 2026-12-31T23:00:00Z",
        "0 0 29 2 *         | 2026-11-21T10:00:00Z | 2028-02-28T23:00:00Z",
        "0 0 13 * FRI       | 2026-11-21T10:00:00Z | 2026-11-26T23:00:00Z",
        "0 0 13 * *         | 2026-11-21T10:00:00Z | 2026-12-12T23:00:00Z"
      })
  void shouldOpenWhenTheClocksOfItsZoneSaySo(String schedule, String now, String expected) {
    assertThat(next(schedule, now)).contains(Instant.parse(expected));
  }

  @Test
  void shouldBeOpenForAsLongAsItLasts() {
    var window = window("0 23 * * *", 240);

    assertThat(window.openUntil(Instant.parse("2026-11-21T21:59:59Z"))).isEmpty();
    assertThat(window.openUntil(Instant.parse("2026-11-21T22:00:00Z")))
        .contains(Instant.parse("2026-11-22T02:00:00Z"));
    assertThat(window.openUntil(Instant.parse("2026-11-22T01:59:59Z"))).isPresent();
    assertThat(window.openUntil(Instant.parse("2026-11-22T02:00:00Z"))).isEmpty();
  }

  @Test
  void shouldStayOpenWhereItOpensAgainBeforeItCloses() {
    assertThat(window("0 * * * *", 90).openUntil(Instant.parse("2026-11-21T10:15:00Z")))
        .contains(Instant.parse("2026-11-21T11:30:00Z"));
  }

  /** On 29 March 2026 the clocks of Berlin go from 02:00 to 03:00. */
  @Test
  void shouldOpenAnHourLaterWhereTheClocksSkipItsTime() {
    var window = window("30 2 * * *", 60);

    assertThat(window.opensNext(Instant.parse("2026-03-28T12:00:00Z")))
        .contains(Instant.parse("2026-03-29T01:30:00Z"));
    assertThat(window.openUntil(Instant.parse("2026-03-29T02:00:00Z")))
        .contains(Instant.parse("2026-03-29T02:30:00Z"));
  }

  /** On 25 October 2026 they go from 03:00 back to 02:00. */
  @Test
  void shouldOpenOnceWhereTheClocksShowItsTimeTwice() {
    var window = window("30 2 * * *", 30);

    assertThat(window.opensNext(Instant.parse("2026-10-24T12:00:00Z")))
        .contains(Instant.parse("2026-10-25T00:30:00Z"));
    assertThat(window.openUntil(Instant.parse("2026-10-25T00:45:00Z"))).isPresent();
    assertThat(window.openUntil(Instant.parse("2026-10-25T01:45:00Z"))).isEmpty();
    assertThat(window.opensNext(Instant.parse("2026-10-25T01:00:00Z")))
        .contains(Instant.parse("2026-10-26T01:30:00Z"));
  }

  @Test
  void shouldLastByAStopWatchWhateverTheClocksDo() {
    var window = window("0 1 * * *", 240);

    assertThat(window.openUntil(Instant.parse("2026-03-29T00:30:00Z")))
        .contains(Instant.parse("2026-03-29T04:00:00Z"));
    assertThat(window.openUntil(Instant.parse("2026-10-24T23:30:00Z")))
        .contains(Instant.parse("2026-10-25T03:00:00Z"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 2 * * * | Europe/Nowhere",
        "0 2 31 2 * | UTC",
        "at night | UTC",
        "0 25 * * * | UTC",
        "0 2 * * 8 | UTC"
      })
  void shouldNeverOpenWhereItCannotBeUnderstood(String schedule, String timeZone) {
    var window = new Window(schedule, Duration.ofHours(4), timeZone);
    var now = Instant.parse("2026-11-21T02:30:00Z");

    assertThat(window.openUntil(now)).isEmpty();
    assertThat(window.opensNext(now)).isEmpty();
  }
}
