package dev.caretaker.world.pipeline;

import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.JobView;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.model.WorkerView.State;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** A machine of the fleet: the code on its disk, the program, and the last job. */
public final class WorkMachine {
  private static final Duration LONG = Duration.ofHours(8);

  private final WorkerId id;
  private final Utility utility;
  private final Instant readyAt;
  private boolean assigned = true;
  private boolean alive = true;
  private Instant silentUntil = Instant.MIN;
  private Optional<Revision> revision;
  private Optional<Revision> started = Optional.empty();
  private boolean startTold = true;
  private State state = State.STOPPED;
  private Instant startedAt = Instant.MIN;
  private int runs;
  private boolean startedByOperator;
  private boolean busy;
  private double disk = 0.3;
  private Optional<Job> job = Optional.empty();
  final List<Message> batch = new ArrayList<>();
  double credit;

  /** A job that goes on whether somebody looks or not. */
  static final class Job {
    final String id;
    final Instant endsAt;
    final boolean succeeds;
    final Optional<Revision> brings;
    final List<TableName> stores;
    boolean ended;

    Job(
        String id,
        Instant endsAt,
        boolean succeeds,
        Optional<Revision> brings,
        List<TableName> stores) {
      this.id = id;
      this.endsAt = endsAt;
      this.succeeds = succeeds;
      this.brings = brings;
      this.stores = stores;
    }
  }

  WorkMachine(WorkerId id, Utility utility, Instant readyAt, Optional<Revision> image) {
    this.id = id;
    this.utility = utility;
    this.readyAt = readyAt;
    this.revision = image;
  }

  public WorkerId id() {
    return id;
  }

  public Utility utility() {
    return utility;
  }

  public boolean isAlive() {
    return alive;
  }

  /** Whether it has booted, and is not gone. */
  public boolean isAtWork(Instant now) {
    return alive && !readyAt.isAfter(now);
  }

  public boolean isAssigned() {
    return assigned;
  }

  /** What the sharing of the fleet says. */
  public void assign(boolean ours) {
    assigned = ours;
  }

  /** It is taken away; what it had received comes back to the queue in time. */
  public void die() {
    alive = false;
    state = State.STOPPED;
    batch.clear();
  }

  /** It gives no answer until then, and works on. */
  public void silence(Instant until) {
    silentUntil = until;
  }

  public boolean answers(Instant now) {
    return isAtWork(now) && silentUntil.isBefore(now);
  }

  public boolean runs() {
    return alive && state == State.RUNNING;
  }

  public Optional<Revision> revision() {
    return revision;
  }

  /** On which code the running program started, in truth. */
  public Optional<Revision> started() {
    return started;
  }

  public String incarnation() {
    return id + "-" + runs;
  }

  public double disk() {
    return disk;
  }

  public void fill(double part) {
    disk = part;
  }

  /** The program starts by itself, or by a person. */
  public void start(Instant now) {
    startedByOperator = false;
    run(now);
  }

  /** The operator starts the program, where it does not run. */
  void startForOperator(Instant now) {
    if (!runs()) {
      startedByOperator = true;
      run(now);
    }
  }

  /** Whether the operator started what runs. */
  public boolean isStartedByOperator() {
    return startedByOperator;
  }

  private void run(Instant now) {
    if (!runs()) {
      state = State.RUNNING;
      started = revision;
      startedAt = now;
      runs++;
    }
  }

  /** Whether it says on which code its program started, in truth or not at all. */
  public boolean tellsStart() {
    return startTold;
  }

  /** Whether it will say so. */
  public void tellsStart(boolean told) {
    startTold = told;
  }

  public void stop() {
    state = State.STOPPED;
    batch.clear();
  }

  /** The program ends by itself. */
  public void fail() {
    state = State.FAILED;
    batch.clear();
  }

  public boolean isBusy() {
    return runs() && busy;
  }

  void busy(boolean is) {
    busy = is;
  }

  void begin(Job next) {
    job = Optional.of(next);
  }

  Optional<Job> job() {
    return job;
  }

  /** The id of the job that runs. */
  public Optional<String> runningJob() {
    return job.filter(each -> !each.ended).map(each -> each.id);
  }

  /** Whether a job runs that will not end today. */
  public boolean hangs(Instant now) {
    return job.filter(each -> !each.ended && each.endsAt.minus(LONG).isAfter(now)).isPresent();
  }

  /** Ends a job whose time has come; empty where none ends now. */
  Optional<Job> endJob(Instant now) {
    var due = job.filter(each -> !each.ended && !each.endsAt.isAfter(now));
    due.ifPresent(
        each -> {
          each.ended = true;
          if (each.succeeds) {
            revision = each.brings.or(() -> revision);
          }
        });
    return due;
  }

  /** A person kills a job that hangs. */
  public void killJob() {
    job = job.map(each -> new Job(each.id, Instant.EPOCH, false, Optional.empty(), List.of()));
  }

  WorkerHost host() {
    return new WorkerHost(id, Optional.of("10.0.0.1"), utility, assigned);
  }

  WorkerView view() {
    boolean runs = runs();
    return new WorkerView(
        state,
        runs ? Optional.of(incarnation()) : Optional.empty(),
        runs ? Optional.of(startedAt) : Optional.empty(),
        revision,
        runs && startTold ? started : Optional.empty(),
        OptionalDouble.of(isBusy() ? 0.9 : 0.1),
        OptionalDouble.of(disk),
        job.map(WorkMachine::view));
  }

  private static JobView view(Job job) {
    var exit = job.ended ? OptionalInt.of(job.succeeds ? 0 : 1) : OptionalInt.empty();
    return new JobView(job.id, exit, job.succeeds ? "done" : "fatal: it does not go");
  }
}
