package dev.caretaker.elastic.rollout;

import dev.caretaker.elastic.guard.Scope;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.ShardCopy;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Which stage a rollout is in, by what was seen; nothing but an observation advances it. */
final class Settling {
  /** More steps than stages in one look would be a circle. */
  private static final int STEPS = 12;

  private final RolloutQuestion question;
  private final boolean mayBegin;

  /**
   * Looks at a rollout.
   *
   * @param mayBegin whether no procedure of higher rank wants its turn
   */
  Settling(RolloutQuestion question, boolean mayBegin) {
    this.question = question;
    this.mayBegin = mayBegin;
  }

  /**
   * Follows the stages until one waits.
   *
   * @param inForce whether the settings of the stage that is given were read back
   */
  Optional<RolloutProgress> settle(Optional<RolloutProgress> given, boolean inForce) {
    var current = given;
    boolean holds = inForce;
    for (int step = 0; step < STEPS; step++) {
      var next = current.isEmpty() ? begin() : next(current.get(), holds);
      if (next.equals(current)) {
        return current;
      }
      current = next;
      holds = false;
    }
    throw new IllegalStateException("stages do not settle from " + given);
  }

  private Optional<RolloutProgress> begin() {
    if (!wanted()) {
      return Optional.empty();
    }
    var set = approvedSet(new TreeMap<>());
    return set.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new RolloutProgress(
                Stage.SHELTERING, set, question.now(), new TreeMap<>(), Optional.of(terms())));
  }

  /** The next set; empty where nobody can be chosen now, or where nobody may begin with it. */
  private List<Mark.Member> approvedSet(SortedMap<String, Integer> raised) {
    var set = new NextSet(question).choose();
    return set.isEmpty() || question.unapproved(set, raised).isEmpty() ? set : List.of();
  }

  /** Whether a new set may be begun. */
  private boolean wanted() {
    return mayBegin && question.hindrances().isEmpty() && !question.pending().isEmpty();
  }

  private Optional<RolloutProgress> next(RolloutProgress progress, boolean inForce) {
    return switch (progress.stage()) {
      case SHELTERING -> Optional.of(sheltering(progress, inForce));
      case FREEZING -> Optional.of(freezing(progress, inForce));
      case STOPPING -> Optional.of(stopping(progress));
      case STARTING -> Optional.of(starting(progress, inForce));
      case RECOVERING -> Optional.of(recovering(progress, inForce));
      case FINISHING -> finishing(progress, inForce);
    };
  }

  private String terms() {
    return question.policy().terms();
  }

  /**
   * Whether the set is as it was chosen, is still to be bounced, and nothing hinders. What a person
   * accepts in its middle holds from the next set on, which is chosen and sheltered anew.
   */
  private boolean stillWanted(RolloutProgress progress) {
    return question.hindrances().isEmpty()
        && !progress.onOtherTerms(terms())
        && progress.set().stream().allMatch(m -> question.isSame(m) && question.isPending(m));
  }

  private RolloutProgress sheltering(RolloutProgress progress, boolean inForce) {
    if (!stillWanted(progress)
        || !question.unapproved(progress.set(), progress.replicasBefore()).isEmpty()) {
      return progress.enter(Stage.RECOVERING, question.now());
    }
    var raise = question.plan(progress.set(), progress.replicasBefore()).raise();
    if (!progress.replicasBefore().keySet().containsAll(raise.keySet())) {
      var before = new TreeMap<>(raise);
      before.putAll(progress.replicasBefore());
      return progress.withReplicasBefore(before);
    }
    return inForce && question.refusals(progress.set(), Scope.ACTING, Scope.STOPPING).isEmpty()
        ? progress.enter(Stage.FREEZING, question.now())
        : progress;
  }

  private RolloutProgress freezing(RolloutProgress progress, boolean inForce) {
    if (!stillWanted(progress) || progress.overdue(question.now())) {
      return progress.enter(Stage.RECOVERING, question.now());
    }
    return inForce
            && question
                .refusals(progress.set(), Scope.ACTING, Scope.STOPPING, Scope.FROZEN)
                .isEmpty()
            && new BornWhileFrozen(question, progress.set()).waiting().isEmpty()
        ? progress.enter(Stage.STOPPING, question.now())
        : progress;
  }

  private RolloutProgress stopping(RolloutProgress progress) {
    boolean untouched = progress.set().stream().allMatch(this::untouched);
    boolean over = progress.overdue(question.now());
    if (untouched && (over || !stillWanted(progress))) {
      return progress.enter(Stage.RECOVERING, question.now());
    }
    boolean allGone =
        progress.set().stream().allMatch(m -> question.isAway(m) || question.isBack(m));
    boolean giveUp = over || !question.hindrances().isEmpty();
    return allGone || (giveUp && !untouched)
        ? progress.enter(Stage.STARTING, question.now())
        : progress;
  }

  /**
   * In the cluster as it was chosen, answering, and its machine says that it runs. A process that
   * is ending runs as well, and is still listed for a moment, but does not answer.
   */
  private boolean untouched(Mark.Member member) {
    return question.isSame(member)
        && question.answers(member)
        && question.process(member).filter(process -> process.running()).isPresent();
  }

  /** A view that does not show our last write may be older than the stop. */
  private RolloutProgress starting(RolloutProgress progress, boolean inForce) {
    boolean allBack =
        inForce && progress.set().stream().allMatch(m -> question.isBack(m) || untouched(m));
    return allBack || progress.overdue(question.now())
        ? progress.enter(Stage.RECOVERING, question.now())
        : progress;
  }

  private RolloutProgress recovering(RolloutProgress progress, boolean inForce) {
    if (question.policy().deleting()) {
      return progress.enter(Stage.FINISHING, question.now());
    }
    if (!inForce || !recovered()) {
      return progress;
    }
    var set = wanted() ? approvedSet(progress.replicasBefore()) : List.<Mark.Member>of();
    return set.isEmpty()
        ? progress.enter(Stage.FINISHING, question.now())
        : progress.begin(set, question.now(), terms());
  }

  /** Nothing is on its way, and nothing is unassigned for which there is a place. */
  private boolean recovered() {
    return question.cluster().allCopies().noneMatch(ShardCopy::underWay)
        && question.placement().placeable().isEmpty();
  }

  private Optional<RolloutProgress> finishing(RolloutProgress progress, boolean inForce) {
    var raised = question.stillRaised(progress.replicasBefore());
    if (!raised.equals(progress.replicasBefore())) {
      return Optional.of(progress.withReplicasBefore(raised));
    }
    if (wanted()) {
      var set = approvedSet(progress.replicasBefore());
      if (!set.isEmpty()) {
        return Optional.of(progress.begin(set, question.now(), terms()));
      }
    }
    return raised.isEmpty() && inForce ? Optional.empty() : Optional.of(progress);
  }
}
