package dev.caretaker.contract;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.HostPort;
import java.util.Set;
import java.util.function.Predicate;

/** A cluster to try a contract on: backup1, backup2, spot1, all master-eligible, nothing in it. */
interface Ground extends AutoCloseable {

  EsPort engine();

  HostPort hosts();

  /** A small index, as a program creates it; its primaries have been given time to start. */
  void createIndex(String name, int shards, int replicas);

  /** An index of one copy that takes many seconds to copy to another node. */
  void createSlowIndex(String name);

  /** Kills a node's process and deletes its data. */
  void wipe(NodeName node);

  /** SIGSTOP: connections stay open and nothing answers. */
  void freeze(NodeName node);

  /** SIGCONT. */
  void thaw(NodeName node);

  /** Lets time pass, long enough for what the engine would do at once. */
  void aWhile();

  /** Lets a moment pass between two looks; false once it has been too long. */
  boolean aMoment(int looksSoFar);

  @Override
  void close();

  default ClusterView view() {
    return view(Set.of());
  }

  default ClusterView view(Set<ShardId> explain) {
    return engine()
        .read(explain)
        .ifKnown()
        .orElseThrow(() -> new AssertionError("unknown: " + engine().read(explain)));
  }

  /** Looks until it is so. A read that fails meanwhile is one that comes too early. */
  default ClusterView await(String what, Predicate<ClusterView> so) {
    for (int looks = 0; aMoment(looks); looks++) {
      var view = engine().read(Set.of()).ifKnown();
      if (view.filter(so).isPresent()) {
        return view.get();
      }
    }
    throw new AssertionError("never seen: " + what + ", but " + engine().read(Set.of()));
  }
}
