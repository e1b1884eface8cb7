package dev.caretaker.pipeline;

import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.JobView;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.WorkerView;
import java.time.Duration;
import java.util.Optional;

/**
 * Brings machines whose program does not run to the revision, by jobs that are looked at again. An
 * attempt that failed is repeated a few times, for a repository may be away for some minutes.
 */
final class Updating {
  private static final int ATTEMPTS = 3;
  private static final Duration RETRY = Duration.ofMinutes(5);

  /** Fetching and installing takes minutes; what takes longer hangs. */
  static final Duration ENDS_WITHIN = Duration.ofMinutes(30);

  private final Course course;
  private final Remembering remembering;

  Updating(Course course) {
    this.course = course;
    this.remembering = course.remembering;
  }

  /** The next step of a machine without the right code. */
  void bring(Worker worker) {
    course.situation.policy().code().ifPresent(code -> bring(worker, code));
  }

  private void bring(Worker worker, Code code) {
    var effort = judged(effort(worker, code.revision()), worker);
    if (effort.failure().isPresent()) {
      remembering.efforts.put(worker.id(), effort);
      if (gaveUp(effort) || effort.since().plus(RETRY).isAfter(remembering.now)) {
        return;
      }
      effort = effort.again(remembering.now);
    }
    var action =
        new UpdateCode(worker.host(), effort.job(), course.situation.policy().program(), code);
    var because = new Reason("Updating", worker.id() + " gets " + code.revision() + " of the code");
    if (course.offer(action, because)) {
      remembering.efforts.put(worker.id(), effort);
    }
  }

  /** What is remembered of this revision, else what the machine's last job tells. */
  private Effort effort(Worker worker, Revision revision) {
    return Optional.ofNullable(remembering.efforts.get(worker.id()))
        .filter(each -> each.revision().equals(revision))
        .orElseGet(() -> Effort.after(lastJob(worker), revision, remembering.now));
  }

  private static Optional<String> lastJob(Worker worker) {
    return worker.view().ifKnown().flatMap(WorkerView::job).map(JobView::id);
  }

  private Effort judged(Effort effort, Worker worker) {
    if (effort.failure().isPresent()) {
      return effort;
    }
    var job = worker.job(effort.job());
    if (job.isEmpty()) {
      boolean late = effort.since().plus(ENDS_WITHIN).isBefore(remembering.now);
      return late ? effort.failed("the job did not begin", remembering.now) : effort;
    }
    if (job.get().isRunning()) {
      return effort;
    }
    // The machine has not got the revision, or it would not be here.
    var why =
        job.get().succeeded()
            ? "the job ended well, but the code is " + Sentences.revision(worker)
            : Sentences.exit(job.get());
    return effort.failed(why, remembering.now);
  }

  /** A job that runs is waited for, and told about once it hangs. */
  void watch(Worker worker) {
    var code = course.situation.policy().code();
    code.ifPresent(each -> remembering.efforts.put(worker.id(), effort(worker, each.revision())));
    var effort = Optional.ofNullable(remembering.efforts.get(worker.id()));
    boolean hangs =
        effort.filter(each -> each.since().plus(ENDS_WITHIN).isBefore(remembering.now)).isPresent();
    if (hangs && effort.get().failure().isEmpty()) {
      remembering.efforts.put(worker.id(), effort.get().hangs(ATTEMPTS, remembering.now));
    }
    if (effort.flatMap(Effort::failure).isEmpty()) {
      course.await(new Reason("Updating", "a job runs on " + worker.id()));
    }
  }

  /** Whether every attempt has failed. */
  static boolean gaveUp(Effort effort) {
    return effort.failure().isPresent() && effort.attempt() >= ATTEMPTS;
  }
}
