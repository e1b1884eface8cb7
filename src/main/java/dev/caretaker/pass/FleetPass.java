package dev.caretaker.pass;

import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.FleetDecision;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.action.FleetAction;
import dev.caretaker.fleet.action.FleetOutcome;
import dev.caretaker.fleet.model.DemandView;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.PortException;
import dev.caretaker.port.WorkloadPort;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** One look at one fleet: read, decide, save, act. It remembers only what it may forget. */
public final class FleetPass {
  private final FleetDecider decider;
  private final FleetPort market;
  private final Clock clock;
  private final FleetReading reading;
  private List<FleetOutcome> outcomes = List.of();

  /**
   * A pass.
   *
   * @param demand what pipelines ask for; of no meaning where the spec says a number
   */
  public FleetPass(
      FleetDecider decider,
      FleetPort market,
      WorkloadPort workload,
      Supplier<Observed<DemandView>> demand,
      Clock clock) {
    this.decider = decider;
    this.market = market;
    this.clock = clock;
    this.reading = new FleetReading(market, workload, demand, clock);
  }

  /** What a pass saw, decided, and what came of it. */
  public record Outcome(FleetView view, FleetDecision decision, List<FleetOutcome> outcomes) {
    public Outcome {
      outcomes = List.copyOf(outcomes);
    }
  }

  /**
   * Makes one pass.
   *
   * @throws ProgressStore.StaleWriter where somebody else has taken over; nothing was done
   */
  public Outcome run(FleetPolicy policy, FleetProgress progress, FleetStore store)
      throws ProgressStore.StaleWriter {
    var view = reading.read(policy);
    var decision = decider.decide(policy, view, progress, outcomes, view.readAt());
    store.save(decision.progress());
    outcomes = act(decision.actions());
    return new Outcome(view, decision, outcomes);
  }

  /**
   * Stops at the first failure: what follows is decided anew. But what cannot be bought keeps no
   * machine from being given back: where launches fail for an hour, the budget binds all the same.
   */
  private List<FleetOutcome> act(List<FleetAction> actions) {
    var done = new ArrayList<FleetOutcome>();
    boolean failed = false;
    for (var action : actions) {
      if (failed && !(action instanceof FleetAction.TerminateInstances)) {
        continue;
      }
      try {
        perform(action, done);
      } catch (PortException failure) {
        done.add(failed(action, failure));
        failed = true;
      }
    }
    return done;
  }

  private void perform(FleetAction action, List<FleetOutcome> done) throws PortException {
    if (action instanceof FleetAction.CreateFleet create) {
      var answer = market.buy(create.purchase());
      done.add(new FleetOutcome.Answered(answer, clock.instant()));
    } else if (action instanceof FleetAction.TerminateInstances terminate) {
      terminate(terminate);
    }
  }

  /** One bad id fails a batch; so then each is asked for alone, and the bad one is told. */
  private void terminate(FleetAction.TerminateInstances action) throws PortException {
    var all = action.machines().keySet();
    try {
      market.terminate(all);
    } catch (PortException failure) {
      if (failure.kind() != PortException.Kind.REFUSED || all.size() == 1) {
        throw failure;
      }
      PortException last = null;
      for (var one : all) {
        try {
          market.terminate(Set.of(one));
        } catch (PortException alone) {
          last = alone;
        }
      }
      if (last != null) {
        throw last;
      }
    }
  }

  private FleetOutcome failed(FleetAction action, PortException failure) {
    boolean mayBeDone = failure.kind() == PortException.Kind.UNKNOWN_OUTCOME;
    return new FleetOutcome.Failed(
        action, String.valueOf(failure.getMessage()), mayBeDone, clock.instant());
  }
}
