package dev.caretaker.operator;

import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.model.DemandView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Deletion;
import dev.caretaker.kernel.Observed;
import dev.caretaker.pass.FleetPass;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.PortException;
import dev.caretaker.port.WorkloadPort;
import java.time.Clock;
import java.util.Optional;

/** What the passes over one fleet may forget: what was read of prices, what EC2 answered last. */
final class FleetSession implements GuardedMarket.Guard {
  private final FleetPass pass;
  private final Leadership leadership;
  private Optional<StoredSpotFleet> stored = Optional.empty();
  private Observed<DemandView> demand = Observed.unknown("nobody was asked yet");
  private boolean givesBack;

  FleetSession(
      FleetDecider decider,
      FleetPort market,
      Notices notices,
      WorkloadPort workload,
      Leadership leadership,
      Clock clock) {
    this.leadership = leadership;
    this.pass =
        new FleetPass(
            decider, new GuardedMarket(market, notices, this), workload, () -> demand, clock);
  }

  /**
   * Makes one pass for the resource.
   *
   * @param asked what its pipelines ask for; of no meaning where the spec says a number
   */
  FleetPass.Outcome run(StoredSpotFleet resource, FleetPolicy policy, Observed<DemandView> asked)
      throws StaleWriter {
    demand = asked;
    stored = Optional.of(resource);
    givesBack = policy.deletion() != Deletion.ORPHAN;
    return pass.run(policy, resource.progress(), resource);
  }

  /** The finalizer comes before the first machine that somebody would have to give back. */
  @Override
  public void before() throws PortException {
    if (leadership.isLost()) {
      throw new PortException(PortException.Kind.REFUSED, "another process leads now");
    }
    if (givesBack && stored.isPresent()) {
      try {
        stored.get().addFinalizer();
      } catch (StaleWriter stale) {
        throw new PortException(
            PortException.Kind.REFUSED, "the resource changed meanwhile; decided anew", stale);
      }
    }
  }
}
