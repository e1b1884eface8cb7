package dev.caretaker.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * What two pipelines are sent, what a machine costs and how much may be spent, minute by minute
 * from a Tuesday's midnight on. Prices wander by about 1.2 % a day and carry waves: for two days in
 * each three weeks a machine costs up to 60 % more. Once, the budget is cut for five days.
 */
final class FlowTrace {
  static final int HALF_HOUR = 30;
  static final int DAY = 1440;

  /** Part of the trace that each pipeline gets; the second one lives some days and hours later. */
  private static final double[] PARTS = {0.22, 0.11};

  private static final int[] LATER = {0, 3 * DAY + 8 * 60};

  static final double USUAL_PRICE = 0.10;
  private static final double USUAL_BUDGET = 9;
  private static final double CUT_BUDGET = 0.7;
  private static final int CUT = 5 * DAY;

  private final int[][] arrivals;
  private final double[] price;
  private final double[] budget;

  private FlowTrace(int[][] arrivals, double[] price, double[] budget) {
    this.arrivals = arrivals;
    this.price = price;
    this.budget = budget;
  }

  int minutes() {
    return price.length;
  }

  /** Messages that a pipeline is sent in a minute. */
  int arrivals(int pipeline, int minute) {
    return arrivals[pipeline][minute];
  }

  /** Of one machine, in USD an hour. */
  double price(int minute) {
    return price[minute];
  }

  /** In USD an hour. */
  double budget(int minute) {
    return budget[minute];
  }

  boolean isCut(int minute) {
    return budget[minute] < USUAL_BUDGET;
  }

  /** Half-hourly counts of a file: a head, then a time and a number in each line. */
  static FlowTrace read(Path file, long seed) throws IOException {
    try (var lines = Files.lines(file)) {
      var counts =
          lines.skip(1).mapToInt(each -> Integer.parseInt(each.split(",", -1)[1])).toArray();
      return of(counts, seed);
    }
  }

  /** As those of the file: by day five times as many as at night, fewer at the week's end. */
  static FlowTrace generated(int days, long seed) {
    var chance = new Random(seed);
    var counts =
        IntStream.range(0, days * 48)
            .map(
                i -> {
                  double hour = i % 48 / 2.0;
                  double day = 15_000 - 9_500 * Math.cos((hour - 4.5) * Math.PI / 12);
                  double week = i / 48 % 7 >= 5 ? 0.85 : 1;
                  return (int) (day * week * (1 + 0.08 * chance.nextGaussian()));
                })
            .toArray();
    return of(counts, seed);
  }

  private static FlowTrace of(int[] counts, long seed) {
    var chance = new Random(seed);
    int minutes = counts.length * HALF_HOUR;
    var arrivals = new int[PARTS.length][minutes];
    for (int pipeline = 0; pipeline < PARTS.length; pipeline++) {
      for (int minute = 0; minute < minutes; minute++) {
        int then = Math.floorMod(minute - LATER[pipeline], minutes) / HALF_HOUR;
        double mean = PARTS[pipeline] * counts[then] / HALF_HOUR;
        arrivals[pipeline][minute] = random(mean, chance);
      }
    }
    return new FlowTrace(arrivals, prices(minutes, chance), budgets(minutes));
  }

  /**
   * Near enough to Poisson's for tens a minute; messages come in bursts, so three times as wild.
   */
  private static int random(double mean, Random chance) {
    return (int) Math.max(0, Math.round(mean + 3 * Math.sqrt(mean) * chance.nextGaussian()));
  }

  private static double[] prices(int minutes, Random chance) {
    var prices = new double[minutes];
    double wander = 0;
    for (int minute = 0; minute < minutes; minute++) {
      wander = 0.9998 * wander + 0.012 / Math.sqrt(DAY) * chance.nextGaussian();
      double inWave = (minute % (21 * DAY) - 12 * DAY) / (2.0 * DAY);
      double wave = inWave > 0 && inWave < 1 ? 0.6 * Math.sin(inWave * Math.PI) : 0;
      prices[minute] = USUAL_PRICE * Math.exp(wander) * (1 + wave);
    }
    return prices;
  }

  private static double[] budgets(int minutes) {
    int from = minutes / 2 / DAY * DAY;
    return IntStream.range(0, minutes)
        .mapToDouble(at -> at >= from && at < from + CUT ? CUT_BUDGET : USUAL_BUDGET)
        .toArray();
  }
}
