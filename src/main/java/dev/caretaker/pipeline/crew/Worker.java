package dev.caretaker.pipeline.crew;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.JobView;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.model.WorkerView.State;
import java.util.Optional;

/**
 * One machine of a pipeline, as one look saw it.
 *
 * @param restarted whether its program was stopped for an update because nobody knew what it ran
 */
public record Worker(
    WorkerHost host, Observed<WorkerView> view, Standing standing, boolean restarted) {

  /** How a machine stands; of several that apply the first. */
  public enum Standing {
    /** It gave no answer, so that nothing is known of it. */
    UNREAD,
    /** The program runs, and ran up with the right code. */
    WORKING,
    /** The program runs with other code, or nobody knows with which. */
    OUTDATED,
    /** No program runs, and a job does. */
    OCCUPIED,
    /** No program runs, and the code is other code or absent. */
    BARE,
    /** The code is right, and the program ended by itself. */
    FAILED,
    /** The code is right, and the program could be started. */
    READY
  }

  static Worker of(
      WorkerHost host,
      Observed<WorkerView> view,
      Optional<Code> code,
      Optional<Revision> restarted) {
    boolean proven = restarted.isPresent() && isRight(restarted, code);
    var standing = view.ifKnown().map(seen -> standing(seen, code, proven)).orElse(Standing.UNREAD);
    // It worked, whatever code is wanted by now.
    return new Worker(host, view, standing, restarted.isPresent());
  }

  private static Standing standing(WorkerView seen, Optional<Code> code, boolean restarted) {
    if (seen.state() == State.RUNNING) {
      boolean proven = isRight(seen.started(), code) || (seen.started().isEmpty() && restarted);
      return proven && isRight(seen.revision(), code) ? Standing.WORKING : Standing.OUTDATED;
    }
    if (seen.job().filter(JobView::isRunning).isPresent()) {
      return Standing.OCCUPIED;
    }
    if (!isRight(seen.revision(), code)) {
      return Standing.BARE;
    }
    return seen.state() == State.FAILED ? Standing.FAILED : Standing.READY;
  }

  /** Without declared code whatever is on the machine is right. */
  private static <R> boolean isRight(Optional<R> revision, Optional<Code> code) {
    return code.isEmpty() || revision.filter(code.get().revision()::equals).isPresent();
  }

  public WorkerId id() {
    return host.id();
  }

  public boolean is(Standing asked) {
    return standing == asked;
  }

  /** Whether the program is known to run, with whatever code. */
  public boolean runs() {
    return standing == Standing.WORKING || standing == Standing.OUTDATED;
  }

  /** Whether it is known to have no code, so that it never did any work. */
  public boolean isNew() {
    boolean bare = view.ifKnown().filter(seen -> seen.revision().isEmpty()).isPresent();
    return bare && !runs() && !restarted;
  }

  /** Whether a job is known to run, beside whatever else. */
  public boolean isOccupied() {
    return view.ifKnown().flatMap(WorkerView::job).filter(JobView::isRunning).isPresent();
  }

  /** The last job, where it is known and has this id. */
  public Optional<JobView> job(String id) {
    return view.ifKnown().flatMap(WorkerView::job).filter(each -> each.id().equals(id));
  }
}
