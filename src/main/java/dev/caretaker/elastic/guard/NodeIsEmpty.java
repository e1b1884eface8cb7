package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.shelter.Doubts;
import dev.caretaker.kernel.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Nothing is on the node nor on its way there, its exclusion is in force under our mark so that
 * nothing can come, and the routing table hides nothing.
 */
public final class NodeIsEmpty implements Guard {
  private static final String PASSES = "wait until it is emptied";

  @Override
  public Scope scope() {
    return Scope.LEAVING;
  }

  /** Whether it only says that the node is still being emptied. */
  public static boolean passesByItself(Refusal refusal) {
    return refusal.liftedBy().equals(PASSES);
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    for (var member : question.set()) {
      if (!excluded(question, member)) {
        return refusal(
            "the exclusion of " + member.name() + " is not in force: shards may still arrive",
            List.of(),
            PASSES);
      }
      var named = named(question, member.name());
      if (named.size() > 1) {
        return refusal(
            named.size() + " nodes have the name " + member.name() + ": nobody knows which it is",
            List.copyOf(named),
            "another node.name for all but one of them");
      }
      named.add(member.id());
      var left =
          named.stream().flatMap(question.cluster()::copiesTouching).map(ShardCopy::shard).toList();
      if (!left.isEmpty()) {
        return refusal(left.size() + " copies are left on " + member.name(), left, PASSES);
      }
    }
    return new Doubts(question.cluster())
        .first()
        .flatMap(doubt -> refusal(doubt.sentence(), List.of(), "what the sentence says"));
  }

  /** Exclusions are by name, so that two nodes of one name are emptied together or not at all. */
  private static Set<NodeId> named(StopQuestion question, NodeName name) {
    return question.cluster().nodes().stream()
        .filter(node -> node.name().equals(name))
        .map(NodeView::id)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static boolean excluded(StopQuestion question, Mark.Member member) {
    var settings = question.cluster().settings();
    boolean ours =
        question
            .cluster()
            .mark()
            .filter(mark -> mark.owner().equals(question.policy().owner()))
            .isPresent();
    var names = settings.inForce(Routing.EXCLUDE_NAME).orElse("").split(",");
    return ours && Arrays.asList(names).contains(member.name().value());
  }

  private Optional<Refusal> refusal(String sentence, List<?> subjects, String liftedBy) {
    return Optional.of(new Refusal(name(), sentence, StopQuestion.shown(subjects), liftedBy));
  }
}
