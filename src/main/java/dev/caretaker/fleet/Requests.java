package dev.caretaker.fleet;

import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.model.ReleaseRequest;
import java.time.Duration;
import java.util.Collection;
import java.util.stream.Collectors;

/** What the cluster is asked to let go, and what comes of it. */
record Requests(Situation situation, Collection<ReleaseRequest> asked) {
  /** A cluster has heard of a request by then, and begun. */
  private static final Duration HEARD_WITHIN = Duration.ofMinutes(2);

  /** It may be busy with a rollout for so long; what then makes no progress waits for somebody. */
  private static final Duration BUSY_WITHIN = Duration.ofHours(1);

  boolean isEmpty() {
    return asked.isEmpty();
  }

  /** Whether one of them makes progress, or was only just made. */
  boolean makeProgress() {
    return someAreYoungerThan(HEARD_WITHIN) || asked.stream().anyMatch(this::isUnderWay);
  }

  /** Whether nothing has come of any of them for long. */
  boolean areStuck() {
    return !isEmpty() && !makeProgress() && !someAreYoungerThan(BUSY_WITHIN);
  }

  private boolean someAreYoungerThan(Duration age) {
    return asked.stream().anyMatch(each -> each.askedAt().isAfter(situation.now().minus(age)));
  }

  private boolean isUnderWay(ReleaseRequest request) {
    var id = request.machine();
    return situation
        .workload()
        .ifKnown()
        .filter(said -> said.releasing().contains(id) || said.released().contains(id))
        .isPresent();
  }

  String ids() {
    return asked.stream().map(each -> each.machine().value()).collect(Collectors.joining(", "));
  }
}
