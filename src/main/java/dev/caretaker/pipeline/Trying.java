package dev.caretaker.pipeline;

import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.action.PipelineAction.RunTrial;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.IndexView;
import dev.caretaker.pipeline.model.JobView;
import dev.caretaker.pipeline.policy.Trial;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The trial on one machine. It has succeeded once its command was seen to have ended well and its
 * documents were seen; no time that passes makes a success of it.
 */
final class Trying {
  /** An engine counts documents after a refresh; ingest indices are refreshed in ten minutes. */
  private static final Duration SEEN_WITHIN = Duration.ofMinutes(15);

  private final Course course;
  private final Situation situation;
  private final Remembering remembering;
  private final Trial trial;
  private final String job;

  Trying(Course course, Trial trial) {
    this.course = course;
    this.situation = course.situation;
    this.remembering = course.remembering;
    this.trial = trial;
    this.job = job(trial);
  }

  /** The same for the same trial of the same things; its length is that of a tag. */
  private String job(Trial trial) {
    var policy = situation.policy();
    return "trial-"
        + Fingerprint.of(
            Parts.of(policy).toString(),
            trial.command(),
            trial.tables().toString(),
            policy.code().map(code -> code.revision().value()).orElse(""),
            trial.restartedAt().map(Object::toString).orElse(""));
  }

  /** The stage that the trial is in; empty once it has succeeded. */
  Optional<Stage> stage(Updating updating) {
    var run = remembering.trial.filter(each -> each.job().equals(job));
    if (run.flatMap(TrialRun::failure).isPresent()) {
      course.trouble(Sentences.trialFailed(run.get()));
      return Optional.of(Stage.TRIAL);
    }
    var host = host(run);
    if (host.isEmpty()) {
      course.await(Sentences.noMachine());
      return Optional.of(Stage.PLACING);
    }
    if (host.get().is(Standing.BARE)) {
      updating.bring(host.get());
      return Optional.of(Stage.PLACING);
    }
    return run(host.get(), run);
  }

  /** The one that has it already, else the readiest; a machine that is gone proves nothing. */
  private Optional<Worker> host(Optional<TrialRun> run) {
    var crew = situation.crew();
    var assigned = crew.assigned();
    return run.flatMap(each -> crew.find(each.worker()))
        .filter(assigned::contains)
        .or(() -> assigned.stream().filter(each -> each.job(job).isPresent()).findFirst())
        .or(
            () ->
                assigned.stream()
                    .filter(each -> !each.is(Standing.UNREAD) && !each.runs())
                    .max(Comparator.comparing(Worker::standing)));
  }

  private Optional<Stage> run(Worker host, Optional<TrialRun> before) {
    var seen = host.job(job);
    if (host.is(Standing.OCCUPIED) && seen.isEmpty()) {
      course.await(new Reason("MachineOccupied", "another job still runs on " + host.id()));
      return Optional.of(Stage.PLACING);
    }
    var run = before.filter(each -> each.worker().equals(host.id()));
    if (run.isEmpty()) {
      var fresh = new TrialRun(job, host.id(), situation.now(), Optional.empty(), Optional.empty());
      if (seen.isPresent() || begin(host)) {
        remembering.trial = Optional.of(fresh);
      }
      return Optional.of(Stage.TRIAL);
    }
    if (seen.isEmpty() && run.get().endedAt().isEmpty()) {
      begin(host);
    }
    return judge(run.get(), seen);
  }

  private boolean begin(Worker host) {
    return course.ask(
        new RunTrial(host.host(), job, situation.policy().program(), trial.command()),
        new Reason("RunningTrial", "the trial runs on " + host.id()));
  }

  private Optional<Stage> judge(TrialRun run, Optional<JobView> seen) {
    var ended = seen.filter(each -> !each.isRunning());
    if (ended.isPresent() && !ended.get().succeeded()) {
      return fail(run, Sentences.exit(ended.get()));
    }
    if (ended.isEmpty() && run.endedAt().isEmpty()) {
      if (run.askedAt().plus(trial.within()).isBefore(situation.now())) {
        return fail(run, "it did not end within " + trial.within() + Sentences.tail(seen));
      }
      course.await(new Reason("TrialRuns", "the trial runs on " + run.worker()));
      return Optional.of(Stage.TRIAL);
    }
    return documents(run.ended(situation.now()));
  }

  private Optional<Stage> documents(TrialRun run) {
    remembering.trial = Optional.of(run);
    var empty = empty();
    if (empty.isEmpty()) {
      return Optional.empty();
    }
    if (run.endedAt().filter(at -> at.plus(SEEN_WITHIN).isBefore(situation.now())).isPresent()) {
      return fail(run, "its command ended well, but no document was seen in " + empty);
    }
    course.await(
        new Reason(
            "TrialDocuments", "the trial ended well; its documents are awaited in " + empty));
    return Optional.of(Stage.TRIAL);
  }

  /** Tables in which no document is seen. */
  private List<String> empty() {
    return trial.tables().stream()
        .filter(
            alias ->
                situation
                    .shelf(alias)
                    .filter(
                        shelf ->
                            shelf.view().indices().stream().mapToLong(IndexView::documents).sum()
                                > 0)
                    .isEmpty())
        .map(Object::toString)
        .toList();
  }

  private Optional<Stage> fail(TrialRun run, String why) {
    var failed = run.failed(why);
    remembering.trial = Optional.of(failed);
    course.trouble(Sentences.trialFailed(failed));
    return Optional.of(Stage.TRIAL);
  }
}
