package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.demand.Flow.Safety;
import dev.caretaker.pipeline.demand.Flow.Safety.State;
import dev.caretaker.pipeline.policy.DemandPolicy;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/** Whether messages could reach their retention; said while there is still time to do something. */
final class Safe {
  private static final String WHAT_TO_DO =
      ": see that workers run, that the fleet has a budget, or raise the queue's retention";

  private Safe() {}

  static Safety judge(
      DemandPolicy policy,
      Duration retention,
      long backlog,
      Oldest oldest,
      Optional<Duration> drain) {
    if (backlog == 0) {
      return new Safety(State.BACKLOG_SAFE, new Reason("NothingWaits", "nothing waits"));
    }
    if (oldest.age().isEmpty()) {
      return new Safety(
          State.UNKNOWN,
          new Reason(
              "AgeUnknown",
              backlog
                  + " messages wait, and neither CloudWatch nor our samples tell for how long"));
    }
    var age = oldest.age().get();
    var may = retention.minus(policy.margin());
    var told = said(age, oldest.estimated(), retention);
    if (age.multipliedBy(2).compareTo(may) >= 0) {
      return new Safety(State.AT_RISK, new Reason("NearRetention", told + WHAT_TO_DO));
    }
    boolean late = age.compareTo(policy.drainWithin()) > 0;
    if (late && drain.filter(time -> age.plus(time).compareTo(may) < 0).isEmpty()) {
      var why = told + ", and the machines at work will not be through before" + WHAT_TO_DO;
      return new Safety(State.AT_RISK, new Reason("TooSlow", why));
    }
    return new Safety(State.BACKLOG_SAFE, new Reason("FarFromRetention", told));
  }

  private static String said(Duration age, boolean estimated, Duration retention) {
    return String.format(
        Locale.ROOT,
        "the oldest message waits for %s%.1f h, and SQS deletes it after %.1f h",
        estimated ? "at most about " : "",
        Need.hours(age),
        Need.hours(retention));
  }
}
