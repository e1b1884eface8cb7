package dev.caretaker.elastic.handshake;

import java.util.Collections;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a cluster says of the machines of its fleets, beside those that it released.
 *
 * @param atWork instance ids of the machines whose node is in the cluster
 * @param releasing instance ids of the machines whose request makes progress
 * @param leastMachines how many machines each fleet keeps at work, by its name; together they are
 *     what their zone needs
 */
public record FleetAnswer(
    Set<String> atWork, Set<String> releasing, SortedMap<String, Integer> leastMachines) {
  public FleetAnswer {
    atWork = Collections.unmodifiableSortedSet(new TreeSet<>(atWork));
    releasing = Collections.unmodifiableSortedSet(new TreeSet<>(releasing));
    leastMachines = Collections.unmodifiableSortedMap(new TreeMap<>(leastMachines));
  }
}
