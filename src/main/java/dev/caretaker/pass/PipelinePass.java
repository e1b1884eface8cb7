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
  private final PipelinePorts ports;
  private final Clock clock;
  private final PipelineReading reading;
  private List<PipelineOutcome> outcomes = List.of();

  /** A pass; asks nothing yet. */
  public PipelinePass(PipelineDecider decider, PipelinePorts ports, Clock clock) {
    this.decider = decider;
    this.ports = ports;
    this.clock = clock;
    this.reading = new PipelineReading(ports, clock);
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
   * @param otherOwners older resources that name the same queue or table
   * @throws ProgressStore.StaleWriter where somebody else has taken over; nothing was done
   */
  public Outcome run(
      PipelinePolicy policy,
      PipelineProgress progress,
      List<String> otherOwners,
      PipelineStore store)
      throws ProgressStore.StaleWriter {
    var view = reading.read(policy, progress, otherOwners);
    var decision = decider.decide(policy, view, progress, outcomes, view.readAt());
    store.save(decision.progress());
    outcomes = act(policy.id(), decision.actions());
    return new Outcome(view, decision, outcomes);
  }

  /**
   * Stops at the first failure, since what follows was decided in the belief that it would go well;
   * but what is asked of several machines side by side goes on on the others.
   */
  private List<PipelineOutcome> act(PipelineId pipeline, List<PipelineAction> actions) {
    var done = new ArrayList<PipelineOutcome>();
    var together = new ArrayList<PipelineAction.OnWorker>();
    for (var action : actions) {
      if (action instanceof PipelineAction.OnWorker onWorker) {
        together.add(onWorker);
        continue;
      }
      if (!onWorkers(together, done)) {
        return done;
      }
      var failure = perform(pipeline, action);
      done.add(told(action, failure));
      if (failure.isPresent()) {
        return done;
      }
    }
    onWorkers(together, done);
    return done;
  }

  private boolean onWorkers(List<PipelineAction.OnWorker> together, List<PipelineOutcome> done) {
    if (together.isEmpty()) {
      return true;
    }
    var failures = ports.workers().perform(List.copyOf(together));
    for (var action : together) {
      done.add(told(action, Optional.ofNullable(failures.get(action.worker().id()))));
    }
    together.clear();
    return failures.isEmpty();
  }

  private Optional<PortException> perform(PipelineId pipeline, PipelineAction action) {
    try {
      if (action instanceof PipelineAction.OnQueue onQueue) {
        ports.queues().perform(pipeline, onQueue);
      } else if (action instanceof PipelineAction.OnBucket onBucket) {
        ports.buckets().perform(pipeline, onBucket);
      } else if (action instanceof PipelineAction.OnTable onTable) {
        ports.tables().perform(onTable);
      }
      return Optional.empty();
    } catch (PortException failure) {
      return Optional.of(failure);
    }
  }

  private PipelineOutcome told(PipelineAction action, Optional<PortException> failure) {
    return failure
        .<PipelineOutcome>map(
            each ->
                new PipelineOutcome.Failed(
                    action,
                    String.valueOf(each.getMessage()),
                    each.kind() == PortException.Kind.UNKNOWN_OUTCOME,
                    clock.instant()))
        .orElseGet(() -> new PipelineOutcome.Done(action, clock.instant()));
  }
}
