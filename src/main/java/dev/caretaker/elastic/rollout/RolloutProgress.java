package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.model.Mark;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far a rollout has come.
 *
 * @param set the nodes of the current set; empty between two sets
 * @param since when the stage began, for its deadline
 * @param replicasBefore the replica count of each index for which it was raised
 */
public record RolloutProgress(
    Stage stage, List<Mark.Member> set, Instant since, SortedMap<String, Integer> replicasBefore) {
  public RolloutProgress {
    set = List.copyOf(set);
    replicasBefore = Collections.unmodifiableSortedMap(new TreeMap<>(replicasBefore));
  }
}
