package dev.caretaker.pipeline;

import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.guard.Situation;
import java.util.TreeSet;

/**
 * Leads a new pipeline, or new parts of one, to its first message: hold, ensure, establish, place,
 * try, release. The stage follows from what is seen; only what cannot be seen is remembered: which
 * parts were introduced, and how the trial ended.
 */
final class Introducing {
  private final Course course;
  private final Situation situation;
  private final Remembering remembering;
  private final CrewCare crew;
  private final Updating updating;

  Introducing(Course course, CrewCare crew, Updating updating) {
    this.course = course;
    this.situation = course.situation;
    this.remembering = course.remembering;
    this.crew = crew;
    this.updating = updating;
  }

  /** The present stage; what it asks for is asked. */
  Stage stage() {
    var parts = Parts.of(situation.policy());
    remembering.introduced.retainAll(parts);
    if (remembering.introduced.containsAll(parts)) {
      return released();
    }
    if (!isHolding()) {
      var unread = Parts.unread(situation);
      if (!unread.isEmpty() || !isJudged()) {
        course.await(Sentences.looking(unread, situation.crew()));
        return Stage.LOOKING;
      }
      if (remembering.introduced.isEmpty() && isAtWork()) {
        remembering.introduced.addAll(parts);
        return Stage.SETTLED;
      }
    }
    return introduce();
  }

  private boolean isHolding() {
    return remembering.step.filter(step -> step.stage().holds()).isPresent();
  }

  /** Everything is in place and somebody works with it: that was introduced before. */
  private boolean isAtWork() {
    return Parts.areInPlace(situation)
        && situation.crew().assigned().stream().anyMatch(Worker::runs);
  }

  /** A machine that gives no answer may work. */
  private boolean isJudged() {
    var assigned = situation.crew().assigned();
    return !remembering.introduced.isEmpty()
        || assigned.stream().anyMatch(Worker::runs)
        || assigned.stream().noneMatch(each -> each.is(Standing.UNREAD));
  }

  private Stage introduce() {
    var fresh = new TreeSet<>(Parts.of(situation.policy()));
    fresh.removeAll(remembering.introduced);
    if (!crew.holdAll(new Reason("Introducing", "new: " + String.join(", ", fresh)))) {
      return Stage.HOLDING;
    }
    if (!new Ensuring(course).done()) {
      return Stage.ENSURING;
    }
    if (!new TableCare(course).establish()) {
      return Stage.ESTABLISHING;
    }
    var trying = situation.policy().trial().map(trial -> new Trying(course, trial));
    var open = trying.flatMap(each -> each.stage(updating));
    if (open.isPresent()) {
      return open.get();
    }
    remembering.introduced.addAll(Parts.of(situation.policy()));
    return Stage.RELEASING;
  }

  /** Released until every machine that answers works, and settled from then on. */
  private Stage released() {
    boolean releasing =
        remembering
            .step
            .map(Step::stage)
            .filter(stage -> stage == Stage.RELEASING || stage.holds())
            .isPresent();
    boolean all =
        situation.crew().assigned().stream()
            .allMatch(each -> each.is(Standing.WORKING) || each.is(Standing.UNREAD));
    boolean held = CrewCare.hold(situation).isPresent();
    return releasing && !all && !held ? Stage.RELEASING : Stage.SETTLED;
  }
}
