package dev.caretaker.bench;

import java.util.ArrayDeque;

/**
 * The fewest dollars for which all of it can be worked off in time: each message by a part of a
 * machine that comes for nothing, at the cheapest minute between its arrival and its time. That
 * time is the one in which a new message shall be worked on; for what the cut of the budget holds
 * up, it is the retention without the margin. No schedule is cheaper, for each message is worked on
 * at some minute of these; and no limit of money or machines is in it, so the real best is not so
 * cheap.
 */
final class FlowBound {
  /** After a cut, what waits is worked off together with what is new. */
  private static final int RECOVERY = 4 * FlowTrace.DAY;

  private FlowBound() {}

  static double usd(FlowTrace trace) {
    double usd = 0;
    for (int pipeline = 0; pipeline < FlowCase.BOTH.size(); pipeline++) {
      var each = FlowCase.BOTH.get(pipeline);
      int fresh = (int) each.policy().drainWithin().toMinutes();
      int kept = (int) each.retention().minus(each.policy().margin()).toMinutes();
      var cheapFresh = cheapest(trace, fresh);
      var cheapKept = cheapest(trace, kept);
      for (int minute = 0; minute < trace.minutes(); minute++) {
        boolean heldUp = isAffected(trace, minute) || isAffected(trace, minute + fresh);
        double price = heldUp ? cheapKept[minute] : cheapFresh[minute];
        usd += trace.arrivals(pipeline, minute) * FlowCase.machineHours() * price;
      }
    }
    return usd;
  }

  /** Whether the budget is cut then, or was in the four days before. */
  static boolean isAffected(FlowTrace trace, int minute) {
    int last = trace.minutes() - 1;
    return trace.isCut(Math.min(last, minute))
        || trace.isCut(Math.max(0, Math.min(last, minute - RECOVERY)));
  }

  /** The least of each minute and the next ones. */
  private static double[] cheapest(FlowTrace trace, int ahead) {
    var least = new double[trace.minutes()];
    var candidates = new ArrayDeque<Integer>();
    for (int i = trace.minutes() - 1; i >= 0; i--) {
      while (!candidates.isEmpty() && trace.price(candidates.getFirst()) >= trace.price(i)) {
        candidates.removeFirst();
      }
      candidates.addFirst(i);
      while (candidates.getLast() > i + ahead) {
        candidates.removeLast();
      }
      least[i] = trace.price(candidates.getLast());
    }
    return least;
  }
}
