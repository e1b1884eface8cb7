package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.demand.FlowMemory.Asked;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;

/**
 * From what it takes to what is asked for now: what still does is kept, changes are made in steps
 * of at most a factor of two, and less is asked for only after a while. What is asked for is a
 * level in which machines on their way are contained: to ask again does not buy twice.
 */
record Asking(Asked asked, Reason because) {
  private static final double DOUBLE = 2;

  /** A change of less is not worth a machine's start. */
  private static final double WORTH = 0.08;

  /** For so long less must do before less is asked for. */
  private static final Duration STANDS = Duration.ofMinutes(10);

  /** What was just asked for comes to work, and shows what it does, before less is asked for. */
  private static final Duration REST = Duration.ofMinutes(20);

  /** Between two steps a machine can come to work, and be seen in the backlog. */
  private static final Duration BETWEEN = Duration.ofMinutes(5);

  /** The next demand, given what it takes and what was asked for last. */
  static Asking next(Load at, Asked last, boolean serving) {
    var need = Need.of(at);
    double before = last.utility().amount();
    if (!serving && need.low() > Math.max(before, at.min())) {
      return kept(
          need.lowBecause(), last, "; the cluster does not serve, and more workers do not help it");
    }
    if (need.urgent()) {
      return changed(need.lowBecause(), need.low(), "", at.now());
    }
    if (before < at.min()) {
      return stepped(need, before, at);
    }
    if (need.low() > before) {
      return more(need, last, at);
    }
    if (need.high() < before) {
      return less(need, last, at);
    }
    return kept(need.lowBecause(), last, before == 0 ? "" : asBefore(before, need));
  }

  private static String asBefore(double before, Need need) {
    return String.format(
        Locale.ROOT, "; the %.1f asked for before stay busy up to %.1f", before, need.high());
  }

  private static Asking more(Need need, Asked last, Load at) {
    double before = last.utility().amount();
    if (need.low() < before * (1 + WORTH) && need.low() < at.max()) {
      return kept(need.lowBecause(), last, "; the difference is not worth a change");
    }
    if (before == 0 && at.canWait() && need.low() <= at.firstStep()) {
      return kept(need.lowBecause(), last, "; so few may gather until half of their time is over");
    }
    if (last.at().plus(BETWEEN).isAfter(at.now())) {
      return kept(need.lowBecause(), last, "; it was changed minutes ago");
    }
    return stepped(need, before, at);
  }

  private static Asking stepped(Need need, double before, Load at) {
    double highest = Math.max(at.firstStep(), DOUBLE * before);
    return highest < need.low()
        ? changed(need.lowBecause(), highest, "; doubled at most", at.now())
        : changed(need.lowBecause(), need.low(), "", at.now());
  }

  private static Asking less(Need need, Asked last, Load at) {
    double before = last.utility().amount();
    if (need.high() > before * (1 - WORTH) && need.high() > at.min()) {
      return kept(need.highBecause(), last, "; the difference is not worth a change");
    }
    var since = last.lessSince().orElse(at.now());
    boolean recent = last.at().plus(REST).isAfter(at.now());
    if (recent || since.plus(STANDS).isAfter(at.now())) {
      var waits = new Asked(last.utility(), last.at(), Optional.of(since));
      return new Asking(
          waits, Need.told(need.highBecause(), "; less is asked for once it was so for a while"));
    }
    double lowest = before <= at.firstStep() ? 0 : before / DOUBLE;
    return lowest > need.high()
        ? changed(need.highBecause(), lowest, "; halved at most", at.now())
        : changed(need.highBecause(), need.high(), "", at.now());
  }

  private static Asking kept(Reason because, Asked last, String why) {
    var same = new Asked(last.utility(), last.at(), Optional.empty());
    return new Asking(same, Need.told(because, why));
  }

  private static Asking changed(Reason because, double utility, String why, Instant now) {
    var asked = new Asked(upward(utility), now, Optional.empty());
    return new Asking(asked, Need.told(because, why));
  }

  private static Utility upward(double amount) {
    return new Utility((long) Math.ceil(amount * 1000 - 1e-6));
  }
}
