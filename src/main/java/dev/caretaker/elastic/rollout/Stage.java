package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.model.Holds;
import dev.caretaker.elastic.model.Mark;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The stages of a rollout; from RECOVERING the next set begins, or it is finished. */
public enum Stage {
  /** Copies are being brought outside the set. */
  SHELTERING(Duration.ofHours(2)),
  /** Replicas of the set are about to stay unassigned while it is away. */
  FREEZING(Duration.ofMinutes(2)),
  /** The nodes of the set leave. Short, because it acts on what was seen when it began. */
  STOPPING(Duration.ofSeconds(90)),
  /** The nodes of the set come back. */
  STARTING(Duration.ofMinutes(5)),
  /** What the stop left unassigned is assigned again. */
  RECOVERING(Duration.ofHours(1)),
  /** Replica counts are put back. */
  FINISHING(Duration.ofMinutes(30));

  private final Duration deadline;

  Stage(Duration deadline) {
    this.deadline = deadline;
  }

  /** After this long without an end, the stage falls back to its safe holds and says so. */
  public Duration deadline() {
    return deadline;
  }

  /** What the cluster must not do meanwhile. */
  public Holds holds(List<Mark.Member> set) {
    return switch (this) {
      case SHELTERING, RECOVERING, FINISHING -> Holds.QUIET;
      case FREEZING, STOPPING, STARTING ->
          Holds.frozen(
              set.stream().map(Mark.Member::id).collect(Collectors.toCollection(TreeSet::new)));
    };
  }

  /** CamelCase, as the mark and people read it. */
  public String word() {
    return name().charAt(0) + name().substring(1).toLowerCase(java.util.Locale.ROOT);
  }

  public static Optional<Stage> of(String word) {
    for (var stage : values()) {
      if (stage.word().equals(word)) {
        return Optional.of(stage);
      }
    }
    return Optional.empty();
  }
}
