package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The voting majority survives the stop, and only one master-eligible node goes at a time. */
public final class QuorumSurvives implements Guard {
  @Override
  public Scope scope() {
    return Scope.STOPPING;
  }

  @Override
  public Set<Scope> scopes() {
    return Set.of(Scope.STOPPING, Scope.LEAVING);
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var cluster = question.cluster();
    if (cluster.master().isEmpty() || !cluster.fromMaster()) {
      return refusal("no elected master has answered", "wait for a master");
    }
    var masters = cluster.nodes().stream().filter(NodeView::masterEligible).toList();
    long going = masters.stream().filter(node -> question.ids().contains(node.id())).count();
    if (going == 0) {
      return Optional.empty();
    }
    if (going > 1) {
      return refusal("more than one master-eligible node would go at once", "a smaller set");
    }
    return cluster.engine().votesByMinimumMasterNodes()
        ? minimumMasterNodes(question, masters)
        : votingConfiguration(question, masters);
  }

  private Optional<Refusal> votingConfiguration(StopQuestion question, List<NodeView> masters) {
    var voters = question.cluster().voters();
    long left =
        masters.stream()
            .filter(node -> voters.contains(node.id()) && !question.ids().contains(node.id()))
            // A frozen node is listed for half a minute and votes no more.
            .filter(NodeView::answers)
            .count();
    return left * 2 > voters.size()
        ? Optional.empty()
        : refusal(
            left + " of " + voters.size() + " voting nodes would be left that answer",
            "more master-eligible nodes in the cluster");
  }

  private Optional<Refusal> minimumMasterNodes(StopQuestion question, List<NodeView> masters) {
    var needed = new TreeSet<Integer>();
    masters.forEach(node -> node.minimumMasterNodes().ifPresent(needed::add));
    int quorum = masters.size() / 2 + 1;
    boolean agreed = needed.size() == 1 && needed.first() == quorum;
    var rollout = question.policy().rollout();
    if (!agreed && !rollout.accepts(RolloutPolicy.Structural.QUORUM_MISMATCH, question.now())) {
      return refusal(
          "discovery.zen.minimum_master_nodes is "
              + needed
              + " where "
              + masters.size()
              + " master-eligible nodes need "
              + quorum,
          "set it on every node, or accept it: rollout.accept with structural: QuorumMismatch");
    }
    int most = needed.isEmpty() ? quorum : needed.last();
    long left =
        masters.stream()
            .filter(node -> node.answers() && !question.ids().contains(node.id()))
            .count();
    return left >= most
        ? Optional.empty()
        : refusal(
            left + " master-eligible nodes would be left where " + most + " vote",
            "more master-eligible nodes in the cluster");
  }

  private Optional<Refusal> refusal(String sentence, String liftedBy) {
    return Optional.of(new Refusal(name(), sentence, List.of(), liftedBy));
  }
}
