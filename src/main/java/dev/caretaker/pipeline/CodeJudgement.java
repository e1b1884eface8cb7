package dev.caretaker.pipeline;

import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.Code.OnFailure;
import dev.caretaker.pipeline.model.WorkerId;
import java.util.List;
import java.util.Optional;

/** How far the machines have the code that they shall run, and which of them could not get it. */
final class CodeJudgement {
  private static final String TYPE = "CodeCurrent";

  private final Situation situation;
  private final Remembering remembering;

  CodeJudgement(Situation situation, Remembering remembering) {
    this.situation = situation;
    this.remembering = remembering;
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

  /** Machines whose last attempt failed. */
  private List<Worker> failed() {
    return situation.crew().assigned().stream()
        .filter(each -> effort(each).flatMap(Effort::failure).isPresent())
        .toList();
  }

  private Optional<Effort> effort(Worker worker) {
    return Optional.ofNullable(remembering.efforts.get(worker.id()));
  }

  private List<Worker> givenUp() {
    return failed().stream()
        .filter(each -> effort(each).filter(Updating::gaveUp).isPresent())
        .toList();
  }

  /** Why a person has to look; machines that are replaced need none. */
  Optional<Reason> trouble() {
    boolean replaced =
        situation.policy().code().filter(each -> each.onFailure() == OnFailure.REPLACE).isPresent();
    var givenUp = givenUp();
    return givenUp.isEmpty() || replaced ? Optional.empty() : Optional.of(failure(givenUp));
  }

  private Reason failure(List<Worker> failed) {
    var first = effort(failed.get(0)).orElseThrow();
    return new Reason(
        "UpdateFailed",
        String.format(
            "%s could not be brought to %s and do not work: %s; correct spec.code.revision, or mend"
                + " or terminate them",
            Sentences.names(failed), first.revision(), first.failure().orElse("")));
  }

  /** Machines that their fleet is asked to replace. */
  List<WorkerId> replace() {
    return situation.policy().code().filter(each -> each.onFailure() == OnFailure.REPLACE).isEmpty()
        ? List.of()
        : givenUp().stream().map(Worker::id).toList();
  }
}
