package dev.caretaker.pipeline;

import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.action.PipelineAction.RemoveFiles;
import dev.caretaker.pipeline.action.PipelineAction.StartProgram;
import dev.caretaker.pipeline.action.PipelineAction.StopProgram;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.guard.ChangeQuestion.Cause;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.ClusterView;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.policy.DiskCare;
import java.time.Duration;
import java.util.Optional;

/**
 * The programs on the machines: each machine is judged by what it says now, and goes one step on.
 * One that gives no answer is neither stopped nor failed, and nothing is asked of it.
 */
final class CrewCare {
  /** A program that has run so long has not failed at its start. */
  private static final Duration PROVEN = Duration.ofMinutes(10);

  /** So often a program may end by itself before somebody is called. */
  private static final int FAILURES = 3;

  private final Course course;
  private final Situation situation;
  private final Remembering remembering;
  private final Updating updating;

  CrewCare(Course course, Updating updating) {
    this.course = course;
    this.situation = course.situation;
    this.remembering = course.remembering;
    this.updating = updating;
  }

  /** Why workers must not work now. */
  static Optional<Reason> hold(Situation situation) {
    if (!situation.policy().running()) {
      return Optional.of(new Reason("Stopped", "spec.state is Stopped"));
    }
    if (situation.policy().tables().isEmpty()) {
      return Optional.empty();
    }
    return situation
        .view()
        .cluster()
        .ifKnown()
        .flatMap(ClusterView::holding)
        .map(why -> new Reason("ClusterHolds", why));
  }

  /** Stops every program, ours by assignment or not; true once all were seen not to run. */
  boolean holdAll(Reason because) {
    var crew = situation.crew();
    for (var worker : crew.all()) {
      stop(worker, Cause.HOLD, because);
    }
    var open = crew.where(each -> each.runs() || each.is(Standing.UNREAD));
    if (!open.isEmpty()) {
      course.await(Sentences.holding(open));
    }
    return crew.known() && open.isEmpty();
  }

  /** Cares for every machine of a pipeline that is introduced. */
  void tend() {
    var hold = hold(situation);
    for (var worker : situation.crew().all()) {
      if (worker.runs()) {
        running(worker, hold);
      } else {
        resting(worker, hold.isPresent() || !worker.host().assigned());
      }
      disk(worker);
    }
  }

  private void running(Worker worker, Optional<Reason> hold) {
    if (hold.isPresent()) {
      stop(worker, Cause.HOLD, hold.get());
    } else if (!worker.host().assigned()) {
      var because = "another pipeline works on " + worker.id() + " now";
      stop(worker, Cause.UNASSIGNED, new Reason("Leaving", because));
    } else if (worker.is(Standing.OUTDATED)) {
      replaceCode(worker);
    } else {
      settled(worker);
    }
  }

  /**
   * What may be started is started; the rules know whether its code is right.
   *
   * @param rightly it is no news that it does not work
   */
  private void resting(Worker worker, boolean rightly) {
    if (!worker.is(Standing.UNREAD)) {
      // The next run of the program has its own work, and is spared for its own time.
      remembering.sparedSince.remove(worker.id());
    }
    switch (worker.standing()) {
      case UNREAD -> course.await(Sentences.unread("machine " + worker.id(), worker.view()));
      case OCCUPIED -> {
        if (worker.host().assigned()) {
          updating.watch(worker);
        }
      }
      case FAILED -> {
        if (!rightly) {
          restart(worker);
        }
      }
      case READY -> ready(worker, rightly);
      case BARE -> {
        if (!start(worker)) {
          updating.bring(worker);
        }
      }
      case WORKING, OUTDATED -> throw new IllegalStateException(worker.id() + " runs");
    }
  }

  private void ready(Worker worker, boolean rightly) {
    remembering.efforts.remove(worker.id());
    if (rightly) {
      start(worker);
    } else {
      course.ask(startOf(worker), whyStart(worker));
    }
  }

  /** Starts what was stopped, and nothing else. */
  void restore() {
    situation.crew().assigned(Standing.READY).forEach(this::start);
  }

  private void settled(Worker worker) {
    remembering.efforts.remove(worker.id());
    remembering.sparedSince.remove(worker.id());
    var startedAt = worker.view().ifKnown().flatMap(WorkerView::startedAt);
    if (startedAt.filter(at -> at.plus(PROVEN).isAfter(situation.now())).isEmpty()) {
      remembering.forget("program " + worker.id());
    }
  }

  /** Only stops it; what it needs then is seen by the next look. */
  private void replaceCode(Worker worker) {
    var seen = worker.view().ifKnown().orElseThrow();
    var wanted = situation.policy().code().orElseThrow().revision();
    remembering.sparedSince.putIfAbsent(worker.id(), situation.now());
    var because = new Reason("Replacing", worker.id() + " runs other code than " + wanted);
    if (stop(worker, Cause.UPDATE, because) && seen.started().isEmpty()) {
      remembering.restarts(worker, wanted);
    }
  }

  private boolean stop(Worker worker, Cause cause, Reason because) {
    var incarnation = worker.view().ifKnown().flatMap(WorkerView::incarnation);
    if (!worker.runs() || incarnation.isEmpty()) {
      return false;
    }
    return course.ask(
        new StopProgram(worker.host(), situation.policy().program(), incarnation.get()),
        cause,
        because);
  }

  private void restart(Worker worker) {
    var key = "program " + worker.id();
    var failure = remembering.failure(key);
    failure
        .filter(each -> each.times() >= FAILURES)
        .ifPresent(each -> course.trouble(Sentences.keepsFailing(worker, each)));
    if (!remembering.mayTry(key)) {
      failure.ifPresent(each -> course.await(Sentences.failed(key, each)));
      return;
    }
    if (start(worker)) {
      remembering.fail(key, "the program ended by itself", situation.now());
    }
  }

  private boolean start(Worker worker) {
    return course.offer(startOf(worker), whyStart(worker));
  }

  private StartProgram startOf(Worker worker) {
    return new StartProgram(worker.host(), situation.policy().program());
  }

  private static Reason whyStart(Worker worker) {
    return new Reason("Starting", "the program starts on " + worker.id());
  }

  private void disk(Worker worker) {
    var care = situation.policy().disk();
    var key = "disk " + worker.id();
    if (care.isEmpty()) {
      return;
    }
    var remove = new RemoveFiles(worker.host(), situation.policy().program(), care.get().remove());
    var because = new Reason("CleaningDisk", "the disk of " + worker.id() + " is full");
    if (remembering.mayTry(key) && course.offer(remove, because)) {
      remembering.fail(key, "its disk is still full", situation.now());
    }
    if (!isFull(worker, care.get()) && !worker.is(Standing.UNREAD)) {
      remembering.forget(key);
    }
    remembering
        .failure(key)
        .filter(each -> each.times() > FAILURES)
        .ifPresent(each -> course.trouble(Sentences.diskStaysFull(worker, care.get())));
  }

  private static boolean isFull(Worker worker, DiskCare care) {
    return worker
        .view()
        .ifKnown()
        .filter(seen -> seen.diskUsed().orElse(0) > care.above())
        .isPresent();
  }
}
