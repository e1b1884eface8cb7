package dev.caretaker.testkit;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.JobView;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.model.WorkerView.State;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A machine of a pipeline that has just booted: assigned, idle, without code. */
public final class AWorker {
  public final WorkerId id;
  private boolean assigned = true;
  private boolean silent;
  private State state = State.STOPPED;
  private int run;
  private Optional<Instant> startedAt = Optional.empty();
  private Optional<Revision> revision = Optional.empty();
  private Optional<Revision> started = Optional.empty();
  private OptionalDouble cpu = OptionalDouble.of(0.1);
  private OptionalDouble disk = OptionalDouble.of(0.2);
  private Optional<JobView> job = Optional.empty();

  private AWorker(String id) {
    this.id = new WorkerId(id);
  }

  public static AWorker aWorker(String id) {
    return new AWorker(id);
  }

  public AWorker has(String code) {
    revision = Optional.of(new Revision(code));
    return this;
  }

  /** The program runs, started with the code that is on the disk. */
  public AWorker runs(Instant since) {
    if (state != State.RUNNING) {
      run++;
    }
    state = State.RUNNING;
    startedAt = Optional.of(since);
    started = revision;
    return this;
  }

  public AWorker startedWithUnknownCode() {
    started = Optional.empty();
    return this;
  }

  public AWorker stops() {
    state = State.STOPPED;
    startedAt = Optional.empty();
    started = Optional.empty();
    return this;
  }

  public AWorker fails() {
    stops();
    state = State.FAILED;
    return this;
  }

  public AWorker unassigned() {
    assigned = false;
    return this;
  }

  public AWorker silent() {
    silent = true;
    return this;
  }

  public AWorker answers() {
    silent = false;
    return this;
  }

  public AWorker busy(double part) {
    cpu = OptionalDouble.of(part);
    return this;
  }

  public AWorker ofUnknownLoad() {
    cpu = OptionalDouble.empty();
    return this;
  }

  public AWorker diskUsed(double part) {
    disk = OptionalDouble.of(part);
    return this;
  }

  public AWorker begins(String jobId) {
    job = Optional.of(new JobView(jobId, OptionalInt.empty(), "working"));
    return this;
  }

  /** The last job ends so. */
  public AWorker ends(int exitCode, String output) {
    job = job.map(each -> new JobView(each.id(), OptionalInt.of(exitCode), output));
    return this;
  }

  public Optional<JobView> job() {
    return job;
  }

  public boolean isRunning() {
    return state == State.RUNNING;
  }

  public Optional<Revision> started() {
    return started;
  }

  public WorkerHost host() {
    return new WorkerHost(id, Optional.of("10.0.0.1"), Utility.of("4"), assigned);
  }

  public Observed<WorkerView> view() {
    if (silent) {
      return Observed.unknown("connection timed out");
    }
    var incarnation = state == State.RUNNING ? Optional.of("run-" + run) : Optional.<String>empty();
    return Observed.known(
        new WorkerView(state, incarnation, startedAt, revision, started, cpu, disk, job));
  }
}
