package dev.caretaker.elastic.action;

import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ShardId;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Every change to a cluster and its machines that exists. */
public sealed interface EsAction {

  /** A change that the engine carries out. */
  sealed interface OnEngine extends EsAction {}

  /** A change that a machine's supervisor carries out. */
  sealed interface OnHost extends EsAction {}

  /** One atomic {@code PUT _cluster/settings}; an empty value is {@code null}: remove the key. */
  record PutSettings(
      SortedMap<String, Optional<String>> persistent,
      SortedMap<String, Optional<String>> transientScope)
      implements OnEngine {
    public PutSettings {
      persistent = Collections.unmodifiableSortedMap(new TreeMap<>(persistent));
      transientScope = Collections.unmodifiableSortedMap(new TreeMap<>(transientScope));
    }
  }

  /** An explicit move; the adapter asks for a dry run first and refuses what it refuses. */
  record MoveShard(ShardId shard, NodeId from, NodeId to) implements OnEngine {}

  /** Assigns an unassigned replica; works under every {@code allocation.enable}. */
  record AllocateReplica(ShardId shard, NodeId to) implements OnEngine {}

  /** Sets an index's replica count; refused where it is no longer {@code from}. */
  record SetReplicas(String index, int from, int to) implements OnEngine {}

  /** Flushes all indices, so that a returning node has less to replay. */
  record Flush() implements OnEngine {}

  /** Stops a node's process cleanly; refused where its incarnation is another one. */
  record StopNode(NodeName node, String incarnation) implements OnHost {}

  /** Starts a node's process; nothing happens where it runs. */
  record StartNode(NodeName node) implements OnHost {}

  /** Whether it needs guards, a fresh view and no pause; the others restore or protect. */
  default boolean disruptive() {
    return this instanceof StopNode || this instanceof MoveShard;
  }
}
