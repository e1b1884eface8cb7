package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.shelter.Doubts;
import dev.caretaker.kernel.Refusal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

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
      var left = question.cluster().copiesTouching(member.id()).map(copy -> copy.shard()).toList();
      if (!left.isEmpty()) {
        return refusal(left.size() + " copies are left on " + member.name(), left, PASSES);
      }
    }
    return new Doubts(question.cluster())
        .first()
        .flatMap(doubt -> refusal(doubt.sentence(), List.of(), "what the sentence says"));
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
