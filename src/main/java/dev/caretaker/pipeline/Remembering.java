package dev.caretaker.pipeline;

import dev.caretaker.pipeline.action.PipelineAction.SendObjects;
import dev.caretaker.pipeline.action.PipelineOutcome;
import dev.caretaker.pipeline.crew.Crew;
import dev.caretaker.pipeline.crew.Worker;
import dev.caretaker.pipeline.crew.Worker.Standing;
import dev.caretaker.pipeline.demand.FlowMemory;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.table.Quiet;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** The progress while a decision is made: what was remembered, brought up to what was seen. */
final class Remembering {
  private static final String VERIFY = "verify ";

  /** Failures that belong to a machine and not to one change of it. */
  private static final Set<String> OF_MACHINES = Set.of("program", "verify", "disk");

  /** So long a failure on a machine that is gone speaks against the code. */
  private static final Duration TELLS_FOR = Duration.ofDays(1);

  /** A look that was begun later shows a job that was begun. */
  private static final Duration SHOWN_WITHIN = Duration.ofMinutes(2);

  final SortedSet<String> introduced;
  Optional<Step> step;
  Optional<TrialRun> trial;
  final SortedMap<WorkerId, Effort> efforts;
  final SortedMap<WorkerId, Instant> sparedSince;
  private final SortedMap<String, Failure> failures;
  Optional<Cursor> backfill;

  /** What the source was read after is not where the backfill is any more. */
  boolean cursorMoved;

  FlowMemory flow;
  Optional<Instant> emptySince;
  final SortedMap<String, Quiet> quiet;
  final Instant now;

  Remembering(PipelineProgress progress, Instant now) {
    this.introduced = new TreeSet<>(progress.introduced());
    this.step = progress.step();
    this.trial = progress.trial();
    this.efforts = new TreeMap<>(progress.efforts());
    this.sparedSince = new TreeMap<>(progress.sparedSince());
    this.failures = new TreeMap<>(progress.failures());
    this.backfill = progress.backfill();
    this.flow = progress.flow();
    this.emptySince = progress.emptySince();
    this.quiet = new TreeMap<>(progress.quiet());
    this.now = now;
  }

  void heard(Collection<PipelineOutcome> outcomes) {
    for (var outcome : outcomes) {
      var key = Subjects.of(outcome.action());
      if (outcome instanceof PipelineOutcome.Failed failed) {
        fail(key, failed.sentence(), failed.at());
      } else {
        failures.remove(key);
        sent(outcome);
      }
    }
  }

  private void sent(PipelineOutcome outcome) {
    if (outcome.action() instanceof SendObjects send
        && backfill.filter(each -> each.batch().equals(send.objects())).isPresent()) {
      backfill = backfill.map(each -> each.sent(outcome.at()));
      cursorMoved = true;
    }
  }

  Optional<Failure> failure(String key) {
    return Optional.ofNullable(failures.get(key));
  }

  boolean mayTry(String key) {
    return failure(key).filter(each -> each.retryAt().isAfter(now)).isEmpty();
  }

  Failure fail(String key, String sentence, Instant at) {
    return failures.merge(
        key, new Failure(sentence, 1, at), (before, next) -> before.again(sentence, at));
  }

  /** It is restarted once, and believed then: its code was seen before it was started. */
  void restarts(Worker worker, Revision revision) {
    failures.put(VERIFY + worker.id(), new Failure(revision.value(), 1, now));
  }

  void forget(String key) {
    failures.remove(key);
  }

  /** Machines that were restarted because nobody knew what ran there, each for which code. */
  Map<WorkerId, Revision> restarted() {
    return failures.entrySet().stream()
        .filter(each -> each.getKey().startsWith(VERIFY))
        .collect(
            Collectors.toUnmodifiableMap(
                each -> new WorkerId(each.getKey().substring(VERIFY.length())),
                each -> new Revision(each.getValue().sentence())));
  }

  /** Machines on which an update may run, though the view does not show it yet, or any more. */
  Set<WorkerId> begun(Crew crew) {
    return efforts.entrySet().stream()
        .filter(each -> each.getValue().failure().isEmpty())
        .filter(
            each -> crew.find(each.getKey()).filter(on -> mayRun(each.getValue(), on)).isPresent())
        .map(Map.Entry::getKey)
        .collect(Collectors.toUnmodifiableSet());
  }

  private boolean mayRun(Effort effort, Worker worker) {
    if (worker.is(Standing.UNREAD)) {
      return effort.since().plus(Updating.ENDS_WITHIN).isAfter(now);
    }
    return worker.job(effort.job()).isEmpty() && effort.since().plus(SHOWN_WITHIN).isAfter(now);
  }

  /** Memories of machines that are gone go too. */
  void keep(Crew crew) {
    if (!crew.known()) {
      return;
    }
    var ids = crew.all().stream().map(Worker::id).collect(Collectors.toSet());
    // How a revision fared on machines that were replaced tells whose fault it is.
    efforts
        .entrySet()
        .removeIf(each -> !ids.contains(each.getKey()) && !isTelling(each.getValue()));
    sparedSince.keySet().retainAll(ids);
    failures.keySet().removeIf(key -> isOfAnotherMachine(key, ids));
  }

  private boolean isTelling(Effort effort) {
    return Updating.gaveUp(effort) && effort.since().plus(TELLS_FOR).isAfter(now);
  }

  private static boolean isOfAnotherMachine(String key, Set<WorkerId> ids) {
    int space = key.indexOf(' ');
    return OF_MACHINES.contains(key.substring(0, space))
        && !ids.contains(new WorkerId(key.substring(space + 1)));
  }

  /** What is known of indices that are gone goes too, once every table was read. */
  void watch(Situation situation) {
    var seen = new TreeMap<String, Quiet>();
    boolean all = true;
    for (var table : situation.policy().tables()) {
      var shelf = situation.shelf(table);
      shelf.ifPresent(each -> seen.putAll(each.quiet(quiet)));
      all &= shelf.isPresent();
    }
    if (all) {
      quiet.clear();
    }
    quiet.putAll(seen);
  }

  /** Failures of changes that nobody wants any more are forgotten. */
  void keepFailures(Set<String> wanted) {
    failures
        .keySet()
        .removeIf(
            key ->
                !OF_MACHINES.contains(key.substring(0, key.indexOf(' '))) && !wanted.contains(key));
  }

  Step enter(Stage stage) {
    var next = step.map(each -> each.at(stage, now)).orElse(new Step(stage, now));
    step = Optional.of(next);
    return next;
  }

  PipelineProgress saved() {
    return new PipelineProgress(
        introduced, step, trial, efforts, sparedSince, failures, backfill, flow, emptySince, quiet);
  }
}
