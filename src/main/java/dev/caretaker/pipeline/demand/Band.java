package dev.caretaker.pipeline.demand;

/**
 * Between which rates of work nobody has to change anything for as long as can be foreseen: less,
 * and a message would not be worked on in its time; more, and machines would be idle. It is the
 * funnel in which a taut string lies between what is due and what is there, the way through with
 * the fewest changes.
 *
 * @param low messages per hour; what is due demands it
 * @param due messages that are due until {@code lowIn} hours from now, and set {@code low}
 * @param high messages per hour; more find nothing to do
 * @param there messages that will be there until {@code highIn} hours from now, and set {@code
 *     high}
 */
record Band(double low, double due, double lowIn, double high, double there, double highIn) {
  /** Part of the time for a new message that is planned with; the rest is for what differs. */
  private static final double PLANNED = 0.8;

  private static final int STEPS = 96;

  /** With so many steps ahead, a day. */
  private static final double LONG_STEP = 0.25;

  /** A machine takes minutes to come: what is overdue is worked off in no less than this. */
  private static final double SWIFTEST = 1.0 / 3;

  /** In which part of the time for a new message the overdue is worked off. */
  private static final double OVERDUE_WITHIN = 0.25;

  static Band of(Load load) {
    double within = Math.max(SWIFTEST, Need.hours(load.within()));
    double planned = PLANNED * within;
    double swift = Math.max(SWIFTEST, OVERDUE_WITHIN * within);
    double step = Math.max(Math.min(LONG_STEP, within / 4), within / 48);
    var come = coming(load, step);
    double backlog = load.backlog();
    double old = Math.max(Need.hours(load.likelyAge()), 1e-3);
    var band = new Band(0, 0, 0, Double.MAX_VALUE, 0, 0);
    for (int i = 1; i <= STEPS && band.low < band.high; i++) {
      double hours = i * step;
      // What waits is taken for evenly old; the oldest of it shows what is true.
      double waiting = backlog * Math.max(0, Math.min(1, (old + hours - planned) / old));
      double newer = at(come, (hours - planned) / step);
      band = band.narrowed(waiting + newer, Math.max(hours, swift), backlog + come[i], hours);
    }
    return band;
  }

  /** Messages that will have come until each step. */
  private static double[] coming(Load load, double step) {
    var come = new double[STEPS + 1];
    for (int i = 1; i <= STEPS; i++) {
      var middle = load.now().plusMillis((long) ((i - 0.5) * step * 3_600_000));
      come[i] = come[i - 1] + load.arrivals().at(middle).orElse(0) * step;
    }
    return come;
  }

  /** Where both ends meet, the string bends: it holds to the end that was met first. */
  private Band narrowed(double nextDue, double dueIn, double nextThere, double thereIn) {
    double least = nextDue / dueIn;
    double most = nextThere / thereIn;
    if (least > high) {
      return new Band(high, there, highIn, high, there, highIn);
    }
    if (most < low) {
      return new Band(low, due, lowIn, low, due, lowIn);
    }
    boolean higher = least > low;
    boolean lower = most < high;
    var next =
        new Band(
            higher ? least : low,
            higher ? nextDue : due,
            higher ? dueIn : lowIn,
            lower ? most : high,
            lower ? nextThere : there,
            lower ? thereIn : highIn);
    return next.low <= next.high
        ? next
        : new Band(next.low, next.due, next.lowIn, next.low, next.due, next.lowIn);
  }

  private static double at(double[] sums, double position) {
    if (position <= 0) {
      return 0;
    }
    int before = Math.min(STEPS - 1, (int) position);
    double part = Math.min(1, position - before);
    return sums[before] + part * (sums[before + 1] - sums[before]);
  }
}
