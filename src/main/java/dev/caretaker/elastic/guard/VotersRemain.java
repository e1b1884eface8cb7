package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.kernel.Refusal;
import java.util.Optional;
import java.util.function.Function;

/**
 * A master-eligible node goes for good only where the majority survives the loss of one more: where
 * three others remain, and on ES 6 one more than {@code minimum_master_nodes}.
 */
public final class VotersRemain implements Guard {
  private static final int LEAST = 3;

  /** A node that is not in the cluster may have a vote there all the same. */
  private static final Function<NodeView, Boolean> MAY_VOTE = NodeView::masterEligible;

  @Override
  public Scope scope() {
    return Scope.LEAVING;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    boolean votes =
        question.names().stream()
            .anyMatch(name -> question.cluster().node(name).map(MAY_VOTE).orElse(true));
    long others = question.others().filter(node -> node.masterEligible() && node.answers()).count();
    int least = Math.max(LEAST, 1 + minimumMasterNodes(question));
    if (!votes || others >= least) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            others + " master-eligible nodes would be left, of which none could be lost",
            StopQuestion.shown(question.names()),
            least + " other master-eligible nodes that answer, on machines that stay"));
  }

  private static int minimumMasterNodes(StopQuestion question) {
    return question.cluster().nodes().stream()
        .filter(NodeView::masterEligible)
        .flatMap(node -> node.minimumMasterNodes().stream())
        .mapToInt(Integer::intValue)
        .max()
        .orElse(0);
  }
}
