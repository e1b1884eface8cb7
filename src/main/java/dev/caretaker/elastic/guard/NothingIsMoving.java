package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** No copy is on its way and the master is not behind: a stop would throw that work away. */
public final class NothingIsMoving implements Guard {
  /** A healthy master has none or a few; many mean that its view is old. */
  private static final int PENDING_TASKS = 20;

  @Override
  public Scope scope() {
    return Scope.STOPPING;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var moving =
        question
            .cluster()
            .allCopies()
            .filter(ShardCopy::underWay)
            .map(ShardCopy::shard)
            .distinct()
            .toList();
    if (!moving.isEmpty()) {
      return refusal("copies are relocating or initializing", moving);
    }
    int pending = question.cluster().pendingTasks();
    return pending > PENDING_TASKS
        ? refusal("the master has " + pending + " pending tasks", List.of())
        : Optional.empty();
  }

  /** Whether a refusal is of this guard: it lifts when the engine is done, without a person. */
  public static boolean passesByItself(Refusal refusal) {
    return refusal.guard().equals(NothingIsMoving.class.getSimpleName());
  }

  private Optional<Refusal> refusal(String sentence, List<?> subjects) {
    var shown = StopQuestion.shown(subjects);
    return Optional.of(new Refusal(name(), sentence, shown, "wait until they are done"));
  }
}
