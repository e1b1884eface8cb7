package dev.caretaker.elastic.policy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * When something begins, as cron writes it: minute, hour, day of the month, month, day of the week.
 *
 * @param weekdays 0 is Sunday
 * @param eitherDay where both kinds of days are restricted, one of the two is enough
 */
record Schedule(
    SortedSet<Integer> minutes,
    SortedSet<Integer> hours,
    SortedSet<Integer> days,
    SortedSet<Integer> months,
    SortedSet<Integer> weekdays,
    boolean eitherDay) {
  private static final int FIELDS = 5;
  private static final List<String> NO_NAMES = List.of();
  private static final List<String> MONTHS =
      List.of("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
  private static final List<String> WEEKDAYS =
      List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

  Schedule {
    minutes = Collections.unmodifiableSortedSet(new TreeSet<>(minutes));
    hours = Collections.unmodifiableSortedSet(new TreeSet<>(hours));
    days = Collections.unmodifiableSortedSet(new TreeSet<>(days));
    months = Collections.unmodifiableSortedSet(new TreeSet<>(months));
    weekdays = Collections.unmodifiableSortedSet(new TreeSet<>(weekdays));
  }

  /** Reads one; empty where it is none. */
  static Optional<Schedule> of(String text) {
    var parts = text.strip().toUpperCase(Locale.ROOT).split(" +", -1);
    if (parts.length != FIELDS) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new Schedule(
              new Field(0, 59, NO_NAMES).values(parts[0]),
              new Field(0, 23, NO_NAMES).values(parts[1]),
              new Field(1, 31, NO_NAMES).values(parts[2]),
              new Field(1, 12, MONTHS).values(parts[3]),
              new Field(0, 6, WEEKDAYS).values(parts[4]),
              !parts[2].startsWith("*") && !parts[4].startsWith("*")));
    } catch (NumberFormatException odd) {
      return Optional.empty();
    }
  }

  /** Whether anything begins on a day of the calendar. */
  boolean isOn(LocalDate date) {
    boolean day = days.contains(date.getDayOfMonth());
    boolean weekday = weekdays.contains(date.getDayOfWeek().getValue() % 7);
    return months.contains(date.getMonthValue()) && (eitherDay ? day || weekday : day && weekday);
  }

  /**
   * One of the five; a range may run over the end, as FRI-MON does.
   *
   * @param names of the values from the least on; a seventh weekday is Sunday as well
   */
  private record Field(int least, int most, List<String> names) {

    SortedSet<Integer> values(String text) {
      var values = new TreeSet<Integer>();
      for (var item : text.split(",", -1)) {
        var parts = item.split("/", 2);
        int step = parts.length == 2 ? number(parts[1], 1, 99) : 1;
        var range = range(parts[0], parts.length == 2);
        for (int at = 0; at < range.size(); at += step) {
          values.add(range.get(at));
        }
      }
      return values;
    }

    private List<Integer> range(String text, boolean stepped) {
      if (text.equals("*")) {
        return upTo(least, most);
      }
      var ends = text.split("-", 2);
      int from = value(ends[0]);
      if (ends.length == 1) {
        return stepped ? upTo(from, most) : upTo(from, from);
      }
      return upTo(from, value(ends[1]));
    }

    private List<Integer> upTo(int from, int to) {
      var values = new ArrayList<Integer>();
      int size = most - least + 1;
      int last = to < from ? to + size : to;
      for (int value = from; value <= last; value++) {
        values.add(least + (value - least) % size);
      }
      return values;
    }

    private int value(String text) {
      int name = names.indexOf(text);
      // Sunday may be written as 7.
      int highest = names.equals(WEEKDAYS) ? most + 1 : most;
      return name >= 0 ? least + name : number(text, least, highest);
    }

    private static int number(String text, int least, int most) {
      int number = Integer.parseInt(text);
      if (number < least || number > most) {
        throw new NumberFormatException(text);
      }
      return number;
    }
  }
}
