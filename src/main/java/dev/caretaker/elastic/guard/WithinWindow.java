package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.elastic.policy.Window;
import dev.caretaker.kernel.Refusal;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Where windows are declared, one of them is open. */
public final class WithinWindow implements Guard {

  /** Whether it waits for a time that comes by itself, and for no person. */
  public static boolean isWaitedFor(Refusal refusal, RolloutPolicy rollout, Instant now) {
    return refusal.guard().equals(WithinWindow.class.getSimpleName())
        && next(rollout, now).isPresent();
  }

  /** When the first of the windows opens after now. */
  public static Optional<Instant> next(RolloutPolicy rollout, Instant now) {
    return rollout.windows().stream()
        .flatMap(window -> window.opensNext(now).stream())
        .min(Comparator.naturalOrder());
  }

  /** Whether something may be begun now, as far as windows go. */
  public static boolean isOpen(RolloutPolicy rollout, Instant now) {
    return rollout.windows().isEmpty()
        || rollout.windows().stream().anyMatch(each -> each.openUntil(now).isPresent());
  }

  @Override
  public Scope scope() {
    return Scope.ACTING;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var rollout = question.policy().rollout();
    var now = question.now();
    if (isOpen(rollout, now)) {
      return Optional.empty();
    }
    var lift =
        next(rollout, now)
            .map(at -> "nothing, the next one opens at " + at)
            .orElse("a schedule that comes true and a time zone that is known: " + named(rollout));
    return Optional.of(
        new Refusal(name(), "no window of spec.rollout.windows is open", List.of(), lift));
  }

  private static List<String> named(RolloutPolicy rollout) {
    return rollout.windows().stream().map(Window::timeZone).distinct().toList();
  }
}
