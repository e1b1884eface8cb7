package dev.caretaker.elastic.guard;

import static java.util.stream.Collectors.toSet;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.kernel.Refusal;
import java.util.Optional;
import java.util.Set;

/**
 * The brake: no zone of three or more has lost over 40 %, or more than ten, for no reason of ours.
 */
public final class ZoneIsNotFailing implements Guard {
  private static final double SHARE = 0.4;
  private static final int MOST = 10;
  private static final int SMALLEST = 3;

  @Override
  public Scope scope() {
    return Scope.ACTING;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var spared = question.answering();
    spared.addAll(question.names());
    return question.byZone().entrySet().stream()
        .map(each -> refuses(each.getKey(), settled(question, each.getValue()), spared))
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** A fleet that grows, or gives machines back, is no zone that fails. */
  private static Set<NodeName> settled(StopQuestion question, Set<NodeName> known) {
    var present = question.cluster().nodes().stream().map(NodeView::name).collect(toSet());
    var view = question.everything();
    return known.stream()
        .filter(
            name ->
                present.contains(name) || !(view.mayBeJoining(name) || view.wentAsAnnounced(name)))
        .collect(toSet());
  }

  /** Whether a refusal is of this guard. */
  public static boolean said(Refusal refusal) {
    return refusal.guard().equals(ZoneIsNotFailing.class.getSimpleName());
  }

  private Optional<Refusal> refuses(ZoneName zone, Set<NodeName> known, Set<NodeName> spared) {
    var gone = known.stream().filter(name -> !spared.contains(name)).toList();
    boolean failing =
        known.size() >= SMALLEST && (gone.size() > MOST || gone.size() > SHARE * known.size());
    if (!failing) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            gone.size() + " of " + known.size() + " nodes of zone " + zone + " are gone or silent",
            StopQuestion.shown(gone),
            "bring the nodes back, or take lost machines out of spec.hosts"));
  }
}
