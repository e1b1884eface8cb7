package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * What the cluster state says.
 *
 * @param hidden the block that keeps the metadata from being read; without one it is whole
 * @param voters the committed voting configuration; empty on ES 6, which has none
 */
record MasterState(
    String uuid,
    Optional<String> hidden,
    Optional<NodeId> master,
    Set<NodeId> voters,
    List<Member> members,
    SortedMap<ShardId, List<ShardCopy>> copies,
    SortedMap<String, IndexView> indices) {

  /**
   * A node as the master lists it.
   *
   * @param roles empty on ES 6, whose state does not tell them
   */
  record Member(
      NodeId id,
      NodeName name,
      String ephemeralId,
      Map<String, String> attributes,
      Optional<Set<Role>> roles) {}
}
