package dev.caretaker.pass;

import dev.caretaker.pipeline.PipelineDecider;
import dev.caretaker.pipeline.PipelineDecision;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineOutcome;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One look at one pipeline: read, decide, save, act. It remembers only what it may forget. */
public final class PipelinePass {
  private final PipelineDecider decider;
  private final PipelineWays ways;
  private final Clock clock;
  private final PipelineReading reading;
  private List<PipelineOutcome> outcomes = List.of();

  /** A pass. */
  public PipelinePass(PipelineDecider decider, PipelineWays ways, Clock clock) {
    this.decider = decider;
    this.ways = ways;
    this.clock = clock;
    this.reading = new PipelineReading(ways, clock);
  }

  /** What a pass saw, decided, and what came of it. */
  public record Outcome(
      PipelineView view, PipelineDecision decision, List<PipelineOutcome> outcomes) {
    public Outcome {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * Makes one pass.
   *
   * @throws ProgressStore.StaleWriter where somebody else has taken over; nothing was done
   */
  public Outcome run(
      PipelinePolicy policy,
      PipelineProgress progress,
      PipelineNeighbours neighbours,
      PipelineStore store)
      throws ProgressStore.StaleWriter {
    var view = reading.read(policy, progress, neighbours);
    var decision = decider.decide(policy, view, progress, outcomes, view.readAt());
    store.save(decision.progress());
    outcomes = act(policy.id(), decision.actions());
    return new Outcome(view, decision, outcomes);
  }

  /**
   * In order. Changes on machines that follow each other are made side by side, and one machine
   * that fails stops none of the others; after any other failure all that follows is decided anew.
   */
  private List<PipelineOutcome> act(PipelineId pipeline, List<PipelineAction> actions) {
    var done = new ArrayList<PipelineOutcome>();
    var onWorkers = new ArrayList<PipelineAction.OnWorker>();
    for (var action : actions) {
      if (action instanceof PipelineAction.OnWorker onWorker) {
        onWorkers.add(onWorker);
        continue;
      }
      onWorkers(onWorkers, done);
      onWorkers.clear();
      var failure = perform(pipeline, action);
      done.add(outcome(action, failure));
      if (failure.isPresent()) {
        return done;
      }
    }
    onWorkers(onWorkers, done);
    return done;
  }

  private void onWorkers(List<PipelineAction.OnWorker> actions, List<PipelineOutcome> done) {
    if (actions.isEmpty()) {
      return;
    }
    var failures = ways.workers().perform(List.copyOf(actions));
    for (var action : actions) {
      var failure = Optional.ofNullable(failures.get(action.worker().id()));
      done.add(outcome(action, failure));
    }
  }

  private Optional<PortException> perform(PipelineId pipeline, PipelineAction action) {
    try {
      if (action instanceof PipelineAction.OnQueue onQueue) {
        ways.queues().perform(pipeline, onQueue);
      } else if (action instanceof PipelineAction.OnBucket onBucket) {
        ways.buckets().perform(pipeline, onBucket);
      } else if (action instanceof PipelineAction.OnTable onTable) {
        ways.tables().perform(onTable);
      }
      return Optional.empty();
    } catch (PortException failure) {
      return Optional.of(failure);
    }
  }

  private PipelineOutcome outcome(PipelineAction action, Optional<PortException> failure) {
    var now = clock.instant();
    return failure.isEmpty()
        ? new PipelineOutcome.Done(action, now)
        : new PipelineOutcome.Failed(
            action,
            String.valueOf(failure.get().getMessage()),
            failure.get().kind() == PortException.Kind.UNKNOWN_OUTCOME,
            now);
  }
}
