package dev.caretaker.elastic;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.kernel.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/**
 * What the world did not do lately. A batch ends at its first failure, so that an action which is
 * refused again and again would keep all that follow it from being tried.
 */
record RecentRefusals(List<RefusedAction> all, Instant now) {
  /** The same is not asked more often; most refusals need a person or another view. */
  private static final Duration BEFORE_ASKING_AGAIN = Duration.ofSeconds(10);

  /** A settings write whose outcome is unknown may still be applied. */
  private static final Duration BEFORE_WRITING_AGAIN = Duration.ofSeconds(5);

  RecentRefusals {
    all = List.copyOf(all);
  }

  /** The actions without those that were refused a moment ago. */
  List<EsAction> without(Collection<EsAction> actions) {
    return actions.stream()
        .filter(
            action ->
                all.stream()
                    .noneMatch(
                        each -> each.action().equals(action) && lately(each, BEFORE_ASKING_AGAIN)))
        .toList();
  }

  /** A settings write that failed a moment ago. */
  Optional<RefusedAction> lastWrite() {
    return all.stream()
        .filter(each -> each.action() instanceof EsAction.PutSettings)
        .filter(each -> lately(each, BEFORE_WRITING_AGAIN))
        .reduce((first, second) -> second);
  }

  /** The reason, with what the world said the last time that one of these actions was tried. */
  Reason explained(Reason reason, Collection<EsAction> actions) {
    return all.stream()
        .filter(each -> actions.contains(each.action()))
        .reduce((first, second) -> second)
        .map(each -> new Reason(reason.code(), reason.sentence() + "; failed: " + each.sentence()))
        .orElse(reason);
  }

  private boolean lately(RefusedAction refused, Duration pause) {
    return refused.at().plus(pause).isAfter(now);
  }
}
