package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.demand.FlowMemory.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * From what it takes to what is asked for now: small changes are not made, large ones in steps of
 * at most a factor of two, and less only after a while. What is asked for is a level, in which
 * machines on their way are contained: to ask again does not buy twice.
 */
record Asking(Asked asked, Reason because) {
  private static final double DOUBLE = 2;

  /** So much more must be needed before more is asked for. */
  private static final double UP = 1.05;

  /** So little must do before less is asked for. */
  private static final double DOWN = 0.9;

  /** For so long. */
  private static final Duration STANDS = Duration.ofMinutes(10);

  /** Between two steps a machine can come to work, and be seen in the backlog. */
  private static final Duration BETWEEN = Duration.ofMinutes(5);

  /** From nothing, the first step goes to this part of the most that may be asked for. */
  private static final double FIRST_STEP = 1.0 / 16;

  private static final String KEPT = "; the difference is not worth a change";
  private static final String SOON = "; it was changed minutes ago";

  /** The next demand, given what it takes and what was asked for last. */
  static Asking next(Need need, Asked last, Limits limits, boolean serving, Instant now) {
    double before = last.utility().amount();
    double wanted = need.utility();
    if (!serving && wanted > Math.max(before, limits.min())) {
      return kept(need, last, "; the cluster does not serve, and more workers would not help it");
    }
    if (need.urgent()) {
      return changed(need, wanted, "", now);
    }
    boolean recent = last.at().plus(BETWEEN).isAfter(now);
    if (wanted > before) {
      return more(need, last, limits, recent, now);
    }
    var since = last.lessSince().orElse(now);
    boolean less = wanted < before * DOWN || (wanted < before && wanted <= limits.min());
    if (!less) {
      return kept(need, last, wanted < before ? KEPT : "");
    }
    if (recent || since.plus(STANDS).isAfter(now)) {
      var waits = new Asked(last.utility(), last.at(), Optional.of(since));
      return new Asking(waits, told(need, "; less is asked for once it was so for a while"));
    }
    double lowest = before <= limits.max() * FIRST_STEP ? 0 : before / DOUBLE;
    var next =
        changed(need, Math.max(wanted, lowest), lowest > wanted ? "; halved at most" : "", now);
    // What is still too much goes on without a new wait.
    return new Asking(new Asked(next.asked.utility(), now, Optional.of(since)), next.because);
  }

  private static Asking more(Need need, Asked last, Limits limits, boolean recent, Instant now) {
    double before = last.utility().amount();
    double wanted = need.utility();
    boolean below = before < limits.min();
    if (!below && wanted < before * UP && wanted < limits.max()) {
      return kept(need, last, KEPT);
    }
    if (recent && !below) {
      return kept(need, last, SOON);
    }
    double highest =
        Math.max(limits.min(), DOUBLE * Math.max(before, limits.max() * FIRST_STEP / DOUBLE));
    return changed(
        need, Math.min(wanted, highest), highest < wanted ? "; doubled at most" : "", now);
  }

  /**
   * What may be asked for.
   *
   * @param max at least {@code min}
   */
  record Limits(double min, double max) {}

  private static Asking kept(Need need, Asked last, String why) {
    var same = new Asked(last.utility(), last.at(), Optional.empty());
    return new Asking(same, told(need, why.isEmpty() ? "" : why));
  }

  private static Asking changed(Need need, double utility, String why, Instant now) {
    return new Asking(new Asked(upward(utility), now, Optional.empty()), told(need, why));
  }

  private static Utility upward(double amount) {
    return new Utility((long) Math.ceil(amount * 1000 - 1e-6));
  }

  private static Reason told(Need need, String more) {
    return new Reason(need.because().code(), need.because().sentence() + more);
  }
}
