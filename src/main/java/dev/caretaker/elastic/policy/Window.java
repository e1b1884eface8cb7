package dev.caretaker.elastic.policy;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;
import java.util.TreeSet;

/**
 * When something disruptive may begin. It opens once for each time of the schedule on the clocks of
 * the zone, where they skip that time as much later as they skip, and stays open for so long by a
 * stop watch. What cannot be understood never opens.
 *
 * @param schedule as cron writes it, such as {@code 0 2 * * 1-5}
 * @param timeZone such as {@code Europe/Berlin}
 */
public record Window(String schedule, Duration lasts, String timeZone) {
  /** A schedule for a 29th of February comes true within so many days. */
  private static final int FAR = 8 * 366;

  /** When it closes; empty where it is not open. */
  public Optional<Instant> openUntil(Instant now) {
    return lastOpening(now).map(at -> at.plus(lasts)).filter(now::isBefore);
  }

  /** When it opens next; empty where it never does. */
  public Optional<Instant> opensNext(Instant now) {
    var times = Schedule.of(schedule);
    var zone = zone();
    if (times.isEmpty() || zone.isEmpty()) {
      return Optional.empty();
    }
    var today = now.atZone(zone.get()).toLocalDate();
    for (int day = 0; day < FAR; day++) {
      var next = openings(times.get(), today.plusDays(day), zone.get()).higher(now);
      if (next != null) {
        return Optional.of(next);
      }
    }
    return Optional.empty();
  }

  private Optional<Instant> lastOpening(Instant now) {
    var times = Schedule.of(schedule);
    var zone = zone();
    if (times.isEmpty() || zone.isEmpty()) {
      return Optional.empty();
    }
    var today = now.atZone(zone.get()).toLocalDate();
    for (long day = 0; day <= lasts.toDays() + 1; day++) {
      var last = openings(times.get(), today.minusDays(day), zone.get()).floor(now);
      if (last != null) {
        return Optional.of(last);
      }
    }
    return Optional.empty();
  }

  private static TreeSet<Instant> openings(Schedule times, LocalDate date, ZoneId zone) {
    var openings = new TreeSet<Instant>();
    if (times.isOn(date)) {
      for (int hour : times.hours()) {
        for (int minute : times.minutes()) {
          openings.add(date.atTime(hour, minute).atZone(zone).toInstant());
        }
      }
    }
    return openings;
  }

  private Optional<ZoneId> zone() {
    try {
      return Optional.of(ZoneId.of(timeZone));
    } catch (DateTimeException unknown) {
      return Optional.empty();
    }
  }
}
