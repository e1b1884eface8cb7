package dev.caretaker.pipeline;

import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.guard.ReplacementQuestion;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.Code.OnFailure;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far the machines have the code that they shall run, and which of them could not get it. */
final class CodeJudgement {
  private static final String TYPE = "CodeCurrent";

  private final Situation situation;
  private final Remembering remembering;
  private final List<Refusal> refusals = new ArrayList<>();
  private final List<WorkerId> replaced;

  CodeJudgement(Course course) {
    this.situation = course.situation;
    this.remembering = course.remembering;
    this.replaced = replaced(course);
  }

  /** Machines that their fleet is asked to replace; whoever goes asks for nothing. */
  private List<WorkerId> replaced(Course course) {
    var code = situation.policy().code().filter(each -> each.onFailure() == OnFailure.REPLACE);
    if (code.isEmpty() || situation.policy().deleting()) {
      return List.of();
    }
    var revision = code.get().revision();
    long failed =
        remembering.efforts.values().stream()
            .filter(each -> each.revision().equals(revision) && Updating.gaveUp(each))
            .count();
    long good = situation.crew().where(each -> has(each, revision)).size();
    var asked = new ArrayList<WorkerId>();
    for (var worker : givenUp()) {
      var question = new ReplacementQuestion(situation, worker.id(), revision, failed, good);
      var against = course.against(question);
      if (against.isEmpty()) {
        asked.add(worker.id());
      }
      refusals.addAll(against);
    }
    return asked;
  }

  private static boolean has(Worker worker, Revision revision) {
    var seen = worker.view().ifKnown().flatMap(WorkerView::revision);
    return seen.filter(revision::equals).isPresent();
  }

  Condition condition() {
    var crew = situation.crew();
    if (!crew.known()) {
      return Condition.unknown(TYPE, "NotRead", "the fleet could not be read");
    }
    var failed = failed();
    if (!failed.isEmpty()) {
      return Condition.no(TYPE, "UpdateFailed", failure(failed).sentence());
    }
    var other =
        crew.assigned().stream()
            .filter(each -> !each.is(Standing.WORKING) && !each.is(Standing.UNREAD))
            .filter(each -> !each.is(Standing.READY) && !each.is(Standing.FAILED))
            .toList();
    if (!other.isEmpty()) {
      return Condition.no(TYPE, "Updating", "other code or none is on " + Sentences.names(other));
    }
    var silent = crew.assigned(Standing.UNREAD);
    return silent.isEmpty()
        ? Condition.yes(TYPE, "Current", crew.assigned().size() + " machines have the right code")
        : Condition.unknown(TYPE, "NotRead", "no answer from " + Sentences.names(silent));
  }

  /** Machines whose last attempt failed, or all of whose attempts did, assigned or not. */
  private List<Worker> failed() {
    return situation.crew().all().stream()
        .filter(each -> effort(each).flatMap(Effort::failure).isPresent())
        .filter(each -> each.host().assigned() || hasGivenUp(each))
        .toList();
  }

  /** For the revision that is asked for now. */
  private Optional<Effort> effort(Worker worker) {
    var wanted = situation.policy().code().map(Code::revision);
    return Optional.ofNullable(remembering.efforts.get(worker.id()))
        .filter(each -> wanted.filter(each.revision()::equals).isPresent());
  }

  private boolean hasGivenUp(Worker worker) {
    return effort(worker).filter(Updating::gaveUp).isPresent();
  }

  /** Machines all of whose attempts failed. */
  List<Worker> givenUp() {
    return failed().stream().filter(this::hasGivenUp).toList();
  }

  /** Why a person has to look; machines that are replaced need none. */
  Optional<Reason> trouble() {
    var left = givenUp().stream().filter(each -> !replaced.contains(each.id())).toList();
    return left.isEmpty() ? Optional.empty() : Optional.of(failure(left));
  }

  private Reason failure(List<Worker> failed) {
    var first = effort(failed.get(0)).orElseThrow();
    return new Reason(
        "UpdateFailed",
        String.format(
            "%s could not be brought to %s and do not work: %s; correct spec.code.revision, or mend"
                + " or terminate them%s",
            Sentences.names(failed),
            first.revision(),
            first.failure().orElse(""),
            refusals.stream().findFirst().map(each -> "; " + each.sentence()).orElse("")));
  }

  /** Machines that their fleet is asked to replace. */
  List<WorkerId> replace() {
    return replaced;
  }
}
