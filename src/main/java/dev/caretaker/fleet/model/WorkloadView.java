package dev.caretaker.fleet.model;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the workload of a stateful fleet says of its machines.
 *
 * @param atWork machines whose node is part of the cluster
 * @param released machines that are proven empty and whose process is stopped for good, as answer
 *     to a release request; one-way
 * @param releasing machines whose open request makes progress
 * @param leastMachines what the cluster's shelter needs: never fewer at work
 */
public record WorkloadView(
    Set<InstanceId> atWork,
    Set<InstanceId> released,
    Set<InstanceId> releasing,
    int leastMachines) {
  public WorkloadView {
    atWork = Collections.unmodifiableSortedSet(new TreeSet<>(atWork));
    released = Collections.unmodifiableSortedSet(new TreeSet<>(released));
    releasing = Collections.unmodifiableSortedSet(new TreeSet<>(releasing));
  }
}
