package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.model.Mark;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a rollout has come.
 *
 * @param set the nodes of the current set; empty while FINISHING
 * @param since when the stage began, for its deadline
 * @param replicasBefore the replica count of each index for which it was raised
 * @param terms of the policy when the set was chosen; empty where only the mark told of it
 */
public record RolloutProgress(
    Stage stage,
    List<Mark.Member> set,
    Instant since,
    SortedMap<String, Integer> replicasBefore,
    Optional<String> terms) {
  /** The procedure's name in the mark. */
  public static final String PROCEDURE = "Rollout";

  public RolloutProgress {
    set = List.copyOf(set);
    replicasBefore = Collections.unmodifiableSortedMap(new TreeMap<>(replicasBefore));
  }

  public RolloutProgress enter(Stage next, Instant now) {
    var kept = next == Stage.FINISHING ? List.<Mark.Member>of() : set;
    return new RolloutProgress(next, kept, now, replicasBefore, terms);
  }

  /** The next set, on the terms that stand now. */
  public RolloutProgress begin(List<Mark.Member> nextSet, Instant now, String onTerms) {
    return new RolloutProgress(
        Stage.SHELTERING, nextSet, now, replicasBefore, Optional.of(onTerms));
  }

  public RolloutProgress withReplicasBefore(SortedMap<String, Integer> counts) {
    return new RolloutProgress(stage, set, since, counts, terms);
  }

  /** Whether the set was chosen on other terms than these. */
  public boolean onOtherTerms(String now) {
    return terms.filter(begun -> !begun.equals(now)).isPresent();
  }

  public boolean overdue(Instant now) {
    return now.isAfter(since.plus(stage.deadline()));
  }

  /**
   * What a mark tells of a rollout whose status was lost. A stop that was about to happen is given
   * up: what it was decided on is not known any more, and who has stopped already is started.
   */
  public static Optional<RolloutProgress> from(Mark mark, Instant now) {
    if (!mark.procedure().equals(PROCEDURE)) {
      return Optional.empty();
    }
    var marked = Stage.of(mark.stage()).orElse(Stage.RECOVERING);
    var stage = marked == Stage.STOPPING ? Stage.STARTING : marked;
    return Optional.of(
        new RolloutProgress(stage, mark.set(), now, mark.replicasBefore(), Optional.empty()));
  }
}
