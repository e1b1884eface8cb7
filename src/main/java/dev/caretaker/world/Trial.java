package dev.caretaker.world;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What came of one simulated run.
 *
 * @param violations as lines that say seed, second, invariant and why
 * @param settled whether peace brought everything to its end
 * @param counts of what a domain counts besides, each zero in a good run
 */
public record Trial(
    List<String> violations,
    boolean settled,
    List<String> timeline,
    SortedMap<String, Long> counts) {
  public Trial {
    violations = List.copyOf(violations);
    timeline = List.copyOf(timeline);
    counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
  }
}
