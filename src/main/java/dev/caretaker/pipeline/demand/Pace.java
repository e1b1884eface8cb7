package dev.caretaker.pipeline.demand;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/**
 * What one utility finishes in an hour, from periods in which all of it was busy and the cluster
 * served.
 *
 * @param periods the last measurements, oldest first
 * @param believed follows their median by small steps; empty: too little was measured
 * @param rate messages that were finished per hour of late, however many worked; -1: not seen
 */
public record Pace(List<Double> periods, OptionalDouble believed, double rate) {
  public static final Pace NONE = new Pace(List.of(), OptionalDouble.empty(), -1);

  private static final int KEPT = 9;

  /** One odd period of three is outvoted. */
  private static final int ENOUGH = 3;

  /** A step of the belief with each measurement, so that one odd hour does not double the fleet. */
  private static final double STEP = 1.1;

  /** Once it was measured, that it might be more is a small doubt. */
  private static final double SMALL_STEP = 1.01;

  private static final double NEARLY_BUSY = 0.8;

  /** In which earlier rates are forgotten, by a factor of e; in seconds. */
  private static final double MEMORY = 3600;

  public Pace {
    periods = List.copyOf(periods.subList(Math.max(0, periods.size() - KEPT), periods.size()));
  }

  double or(double firstGuess) {
    return believed.orElse(firstGuess);
  }

  /** Takes in one period in which every machine was busy. */
  Pace measuring(double perUtilityHour) {
    if (perUtilityHour <= 0) {
      return this;
    }
    var all = new ArrayList<>(periods);
    all.add(Math.round(perUtilityHour * 1000) / 1000.0);
    var next = new Pace(all, believed, rate);
    return all.size() < ENOUGH ? next : new Pace(all, OptionalDouble.of(next.nearer()), rate);
  }

  /**
   * Takes in a period in which nothing waited. Machines that should have been busy by what is
   * believed, and were not, are faster than that; how much, nobody sees before something waits.
   */
  Pace keepingUp(double perUtilityHour, double firstGuess) {
    double before = or(firstGuess);
    if (perUtilityHour < NEARLY_BUSY * before) {
      return this;
    }
    double next = before * (periods.size() < ENOUGH ? STEP : SMALL_STEP);
    return new Pace(periods, OptionalDouble.of(next), rate);
  }

  private double nearer() {
    double median = median();
    return believed.isEmpty()
        ? median
        : Math.max(believed.getAsDouble() / STEP, Math.min(believed.getAsDouble() * STEP, median));
  }

  private double median() {
    var sorted = periods.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Takes in how many were finished per hour in some seconds. */
  Pace finishing(double perHour, double seconds) {
    double weight = rate < 0 ? 1 : 1 - Math.exp(-seconds / MEMORY);
    double before = Math.max(0, rate);
    return new Pace(periods, believed, before + weight * (perHour - before));
  }

  OptionalDouble finishedPerHour() {
    return rate < 0 ? OptionalDouble.empty() : OptionalDouble.of(rate);
  }
}
