package dev.caretaker.operator;

import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.kernel.Condition;
import dev.caretaker.mapping.EsCare;
import dev.caretaker.mapping.ListedMachines;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What EC2 announces of the spot machines that EsClusters list themselves. */
final class ListedNotices {
  private final Notices notices;
  private final QueueReaders readers;

  ListedNotices(Notices notices, QueueReaders readers) {
    this.notices = notices;
    this.readers = readers;
  }

  /** The machines that EC2 is about to take. */
  List<SpotMachine> of(StoredEsCluster cluster, EsCare care) {
    if (care.listed().isEmpty()) {
      forget(cluster);
      return List.of();
    }
    var listed = care.listed().get();
    notices.expect(Audience.owner(cluster.current(), listed.region()));
    readers.names(cluster.uid(), Optional.of(key(listed)));
    return listed.machines().stream()
        .map(each -> each.leaving(notices.leavesAt(new InstanceId(each.instanceId()))))
        .filter(each -> each.leavesAt().isPresent())
        .toList();
  }

  private static QueueReaders.Key key(ListedMachines listed) {
    return new QueueReaders.Key(listed.region(), listed.queue());
  }

  /** Whether the queue is read; empty where none is named. */
  Optional<Condition> heard(EsCare care) {
    return care.listed().map(listed -> readers.heard(key(listed)));
  }

  /** A pass that began then is saved. */
  void passed(StoredEsCluster cluster, EsCare care, Instant began) {
    care.listed()
        .ifPresent(
            listed ->
                notices.lookedAt(
                    Audience.owner(cluster.current(), listed.region()),
                    began,
                    listed.machines().stream()
                        .map(each -> new InstanceId(each.instanceId()))
                        .collect(Collectors.toSet())));
  }

  /** The cluster is gone, or names no queue any more. */
  void forget(String uid, String namespace, String name) {
    readers.names(uid, Optional.empty());
    notices.forget(Notices.Kind.CLUSTER, namespace, name);
  }

  private void forget(StoredEsCluster cluster) {
    var metadata = cluster.current().getMetadata();
    forget(cluster.uid(), metadata.getNamespace(), metadata.getName());
  }
}
