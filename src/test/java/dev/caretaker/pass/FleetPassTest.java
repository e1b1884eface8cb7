package dev.caretaker.pass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.action.FleetOutcome;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PricePoint;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Deletion;
import dev.caretaker.fleet.policy.FleetPolicy.Rebalance;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.fleet.policy.Worth;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.PortException;
import dev.caretaker.testkit.HandClock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class FleetPassTest {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");
  private static final FleetId ID = new FleetId("default", "etl", "uid-1");
  private static final Pool POOL = Pool.of("m5.large", "us-test-1a");

  private final HandClock clock = new HandClock(START);
  private final Impaired market = new Impaired();
  private final FleetPass pass =
      new FleetPass(
          new FleetDecider(FleetRules.standard()),
          market,
          machines -> Observed.unknown("there is none"),
          () -> Observed.unknown("nobody asks"),
          clock);
  private FleetProgress progress = FleetProgress.NONE;

  @Test
  void shouldGiveBackWhatIsOverTheBudgetWhileNothingCanBeLaunched() throws StaleWriter {
    market.runs("i-1");
    market.runs("i-2");
    run("0.12");
    clock.pass(Duration.ofMinutes(10));
    var bought = run("0.12");
    assertThat(bought.outcomes()).singleElement().isInstanceOf(FleetOutcome.Failed.class);

    clock.pass(Duration.ofMinutes(1));
    run("0.05");
    clock.pass(Duration.ofMinutes(1));
    var lowered = run("0.05");

    assertThat(lowered.decision().actions()).hasSize(2);
    assertThat(market.taken).hasSize(1);
  }

  private FleetPass.Outcome run(String budget) throws StaleWriter {
    return pass.run(policy(budget), progress, saved -> progress = saved);
  }

  private static FleetPolicy policy(String budget) {
    var worth = new TreeMap<MachineType, Utility>();
    worth.put(POOL.type(), Utility.of("1"));
    return new FleetPolicy(
        ID,
        new LaunchTemplate("etl", "7"),
        Set.of("subnet-1"),
        UsdPerHour.of(budget),
        new PricePolicy(0.95, Duration.ofDays(7), Duration.ofDays(1), Optional.empty()),
        new Limits(Optional.empty(), OptionalInt.empty(), 1, 1),
        Utility.ZERO,
        Optional.of(Utility.of("100")),
        new Worth(Optional.empty(), worth, new TreeSet<>()),
        false,
        Shrink.DRAIN,
        Duration.ofMinutes(15),
        Deletion.ORPHAN,
        Rebalance.IGNORE,
        false,
        false);
  }

  /** EC2 when it launches nothing, and does all else. */
  private static final class Impaired implements FleetPort {
    private final List<MachineView> machines = new ArrayList<>();
    private final Set<InstanceId> taken = new TreeSet<>();

    void runs(String id) {
      machines.add(
          new MachineView(
              new InstanceId(id),
              POOL,
              State.RUNNING,
              START,
              Optional.of(ID.uid()),
              1,
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }

    @Override
    public Observed<List<MachineView>> machines(FleetId fleet) {
      return Observed.known(List.copyOf(machines));
    }

    @Override
    public Observed<Set<InstanceId>> alive(Set<InstanceId> ids) {
      return Observed.known(ids);
    }

    @Override
    public Observed<List<Subnet>> subnets(Set<String> ids) {
      return Observed.known(List.of(new Subnet("subnet-1", POOL.zone(), 250)));
    }

    @Override
    public Observed<SortedMap<MachineType, TypeView>> types() {
      var types = new TreeMap<MachineType, TypeView>();
      types.put(POOL.type(), new TypeView(POOL.type(), 2, 8, 0, Optional.empty()));
      return Observed.known(types);
    }

    @Override
    public Observed<List<PriceSeries>> prices(Set<Pool> pools, Instant since) {
      var point = new PricePoint(START, UsdPerHour.of("0.04"));
      return Observed.known(List.of(new PriceSeries(POOL, List.of(point))));
    }

    @Override
    public PurchaseAnswer buy(Purchase purchase) throws PortException {
      throw new PortException(PortException.Kind.UNKNOWN_OUTCOME, "InternalError");
    }

    @Override
    public void terminate(Set<InstanceId> ids) {
      taken.addAll(ids);
    }
  }
}
