package dev.caretaker.pipeline.demand;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoField;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How arrivals rise and fall with the hours of the day and of the week: a profile in messages per
 * hour, exponentially weighted, times a level that follows the last hours. A profile counts from
 * the time that its whole period was seen; before, the last hours are all there is.
 *
 * @param rate of the last hours; of no meaning before anything was counted
 * @param level how much more arrives than the profile says, lately
 * @param hours that were counted
 * @param day by hour of the day in UTC; -1: not seen
 * @param week by hour of the week in UTC, from Monday; -1: not seen
 * @param hour that is being counted
 * @param counted messages in it
 * @param covered seconds of it that were counted
 */
public record Rhythm(
    double rate,
    double level,
    long hours,
    List<Double> day,
    List<Double> week,
    Optional<Instant> hour,
    double counted,
    double covered) {
  private static final int DAY = 24;
  private static final int WEEK = 7 * DAY;
  private static final double UNSEEN = -1;
  private static final double HOUR = 3600;

  /** A day that was seen in part says nothing of the hours to come. */
  private static final int DAY_COUNTS_AFTER = DAY + 6;

  private static final int WEEK_COUNTS_AFTER = WEEK + DAY;

  /** The latest of an hour of the profile weighs so much against all earlier ones. */
  private static final double NEWS = 0.3;

  /** In which the last hours are forgotten, by a factor of e. */
  private static final double MEMORY = 1.0 * HOUR;

  /** In which an odd level comes back to the profile, by a factor of e. */
  private static final double ODD_FOR = 6 * HOUR;

  /** A profile of a few messages an hour is no measure of a level. */
  private static final double LEAST = 1;

  /** An odd hour is no new level; that nothing comes any more is. */
  private static final double LEVEL_AT_MOST = 4;

  private static final double LEVEL_AT_LEAST = 0.01;

  /** Nothing was counted yet. */
  public static final Rhythm NONE =
      new Rhythm(
          0,
          1,
          0,
          Collections.nCopies(DAY, UNSEEN),
          Collections.nCopies(WEEK, UNSEEN),
          Optional.empty(),
          0,
          0);

  public Rhythm {
    day = sized(day, DAY);
    week = sized(week, WEEK);
  }

  /** A memory that an earlier version wrote in another size is not known. */
  private static List<Double> sized(List<Double> profile, int size) {
    return List.copyOf(profile.size() == size ? profile : Collections.nCopies(size, UNSEEN));
  }

  boolean knowsAnything() {
    return hours > 0 || covered > 0;
  }

  /** Takes in what arrived between two moments; at most an hour apart. */
  Rhythm counting(Instant from, Instant to, double messages) {
    double seconds = Duration.between(from, to).toMillis() / 1000.0;
    if (seconds <= 0) {
      return this;
    }
    var middle = from.plusMillis((long) (seconds * 500));
    var begun = enter(middle.truncatedTo(ChronoUnit.HOURS));
    return begun.following(middle, messages / seconds * HOUR, seconds).adding(messages, seconds);
  }

  private Rhythm enter(Instant next) {
    if (hour.filter(next::equals).isPresent()) {
      return this;
    }
    var ended = hour.isPresent() && covered >= HOUR / 2 ? learned(hour.get()) : this;
    return new Rhythm(
        rate, ended.level, ended.hours, ended.day, ended.week, Optional.of(next), 0, 0);
  }

  private Rhythm learned(Instant ended) {
    double seen = counted / covered * HOUR;
    var days = new ArrayList<>(day);
    var weeks = new ArrayList<>(week);
    int ofDay = ofDay(ended);
    int ofWeek = ofWeek(ended);
    double usual = days.get(ofDay);
    double before = weeks.get(ofWeek);
    // One week is one sample: the other days' same hour steadies it.
    double start = usual == UNSEEN ? seen : seen + (usual - seen) / 3;
    double news = Math.max(NEWS, 1.0 / (1 + hours / WEEK));
    weeks.set(ofWeek, rounded(before == UNSEEN ? start : before + news * (seen - before)));
    days.set(ofDay, rounded(usual == UNSEEN ? seen : usual + NEWS * (seen - usual)));
    return new Rhythm(rate, level, hours + 1, days, weeks, hour, counted, covered);
  }

  private Rhythm following(Instant at, double seen, double seconds) {
    double weight = knowsAnything() ? 1 - Math.exp(-seconds / MEMORY) : 1;
    double next = rate + weight * (seen - rate);
    var usual = profile(at);
    double ratio = usual.isEmpty() ? 1 : (seen + LEAST) / (usual.getAsDouble() + LEAST);
    double bounded = Math.max(LEVEL_AT_LEAST, Math.min(LEVEL_AT_MOST, ratio));
    double lately = usual.isEmpty() ? 1 : level + weight * (bounded - level);
    return new Rhythm(next, lately, hours, day, week, hour, counted, covered);
  }

  private Rhythm adding(double messages, double seconds) {
    return new Rhythm(rate, level, hours, day, week, hour, counted + messages, covered + seconds);
  }

  /** Messages per hour that are expected at a moment; empty before anything was counted. */
  OptionalDouble at(Instant moment) {
    if (!knowsAnything()) {
      return OptionalDouble.empty();
    }
    var usual = profile(moment);
    return OptionalDouble.of(usual.isPresent() ? usual.getAsDouble() * levelAt(moment) : rate);
  }

  /** What is odd now is less so in some hours. */
  private double levelAt(Instant moment) {
    var counting = hour.orElse(moment).plusSeconds((long) covered);
    double ahead = Math.max(0, Duration.between(counting, moment).toSeconds());
    return 1 + (level - 1) * Math.exp(-ahead / ODD_FOR);
  }

  /** Messages per hour of the last hours. */
  OptionalDouble lately() {
    return knowsAnything() ? OptionalDouble.of(rate) : OptionalDouble.empty();
  }

  /** Messages per hour over whole days, or of the last hours where no day is known. */
  OptionalDouble usual() {
    var seen = day.stream().filter(each -> each != UNSEEN).mapToDouble(Double::doubleValue);
    return hours >= DAY_COUNTS_AFTER ? seen.average() : lately();
  }

  /** Messages per hour that are expected on average from a moment on. */
  OptionalDouble over(Instant from, Duration ahead) {
    int parts = 8;
    double sum = 0;
    for (int i = 0; i < parts; i++) {
      var each = at(from.plus(ahead.multipliedBy(2L * i + 1).dividedBy(2L * parts)));
      if (each.isEmpty()) {
        return each;
      }
      sum += each.getAsDouble();
    }
    return OptionalDouble.of(sum / parts);
  }

  /** Between the middles of two hours, so that it does not jump. */
  private OptionalDouble profile(Instant moment) {
    var shifted = moment.minusSeconds((long) HOUR / 2);
    var first = slot(shifted);
    var second = slot(shifted.plusSeconds((long) HOUR));
    if (first == UNSEEN || second == UNSEEN) {
      return OptionalDouble.empty();
    }
    double part = shifted.atOffset(ZoneOffset.UTC).get(ChronoField.SECOND_OF_DAY) % HOUR / HOUR;
    return OptionalDouble.of(first + part * (second - first));
  }

  private double slot(Instant moment) {
    double ofWeek = hours >= WEEK_COUNTS_AFTER ? week.get(ofWeek(moment)) : UNSEEN;
    double ofDay = hours >= DAY_COUNTS_AFTER ? day.get(ofDay(moment)) : UNSEEN;
    return ofWeek == UNSEEN ? ofDay : ofWeek;
  }

  private static int ofDay(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC).getHour();
  }

  private static int ofWeek(Instant moment) {
    return (moment.atOffset(ZoneOffset.UTC).getDayOfWeek().getValue() - 1) * DAY + ofDay(moment);
  }

  /** More digits than arrivals are known by would only make the memory large. */
  private static double rounded(double value) {
    return Math.round(value * 10) / 10.0;
  }
}
