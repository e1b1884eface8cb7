package dev.caretaker.operator;

import dev.caretaker.pass.ProgressStore.StaleWriter;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What is the same each time a resource is looked at, whatever its kind; knows nothing of the
 * Operator SDK.
 *
 * @param <R> the resource
 * @param <S> the same during one pass
 */
abstract class Care<R extends CustomResource<?, ?>, S extends Stored<?, ?, R>> {
  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Duration WHILE_LEAVING = Duration.ofSeconds(5);

  /** An edit wakes us at once; this is for a schema that was changed. */
  private static final Duration UNTIL_SOMEBODY_EDITS = Duration.ofMinutes(1);

  private static final int UNPROCESSABLE = 422;

  final Clock clock;
  final OperatorMetrics metrics;
  final Leadership leadership;
  final Telling telling;

  Care(Clock clock, OperatorMetrics metrics, Leadership leadership, Telling telling) {
    this.clock = clock;
    this.metrics = metrics;
    this.leadership = leadership;
    this.telling = telling;
  }

  /** One look, with a spec to care by. */
  interface Pass {
    /** When to look again; empty where only a change of the resource can make a difference. */
    Optional<Duration> run() throws StaleWriter;
  }

  /**
   * Makes one pass.
   *
   * @param pass empty where neither the spec nor an earlier one can be used
   * @return when to look again; empty where only a change of the resource can make a difference
   */
  Optional<Duration> look(S stored, Optional<Pass> pass) {
    if (leadership.isLost()) {
      return Optional.empty();
    }
    if (stored.deletedAt().isPresent() && !stored.hasFinalizer()) {
      forget(stored.current());
      return Optional.empty();
    }
    try {
      tellProblems(stored);
      return pass.isPresent() ? pass.get().run() : refuse(stored);
    } catch (StaleWriter stale) {
      metrics.stale(stored);
      return Optional.of(SOON);
    } catch (KubernetesClientException refused) {
      return refusedByServer(stored, refused);
    }
  }

  /** Types that the schema never had: the server takes no status for them, from nobody. */
  private Optional<Duration> refusedByServer(S stored, KubernetesClientException refused) {
    if (refused.getCode() != UNPROCESSABLE) {
      throw refused;
    }
    telling.warning(
        stored,
        "StatusRefused",
        "Nothing is done before this is right: " + Causes.ofRefusal(refused));
    return Optional.of(UNTIL_SOMEBODY_EDITS);
  }

  private Optional<Duration> refuse(S stored) throws StaleWriter {
    stored.refuse();
    return stored.deletedAt().isPresent()
        ? leave(stored, "the spec cannot be used, so nothing was looked at")
        : Optional.empty();
  }

  private void tellProblems(S stored) {
    if (stored.problems().isEmpty()) {
      telling.over(stored, "SpecInvalid");
    } else {
      telling.warning(stored, "SpecInvalid", String.join("; ", stored.problems()));
    }
  }

  /** A deletion must end, even where what is to be put back is gone for good. */
  abstract Duration leaveWithin(S stored);

  /** What a person can do about what is left. */
  abstract String remedy();

  /** Lets go at the deadline, and says what could not be undone. */
  Optional<Duration> leave(S stored, String left) throws StaleWriter {
    var within = leaveWithin(stored);
    if (clock.instant().isBefore(stored.deletedAt().orElseThrow().plus(within))) {
      return Optional.of(WHILE_LEAVING);
    }
    var sentence =
        "Gone without restoring after "
            + within.toMinutes()
            + " minutes: "
            + left
            + ". "
            + remedy();
    telling.warning(stored, "NotRestored", sentence);
    stored.leaveBehind(sentence);
    stored.removeFinalizer();
    return Optional.empty();
  }

  /** Closes what was open for a resource that is gone. */
  void forget(R gone) {
    telling.forget(gone);
    metrics.forget(gone);
  }

  abstract void close();
}
