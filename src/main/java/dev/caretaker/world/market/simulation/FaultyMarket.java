package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.PortException;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.MarketPort;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.Supplier;

/** The market through a bad network: throttled, lost, unanswered, late, stale. */
final class FaultyMarket implements FleetPort {
  /** EC2 shows what it did within this time; a request that got no answer is done by then. */
  static final int LATE = 60;

  private final Market market;
  private final MarketPort port;
  private final Fate fate;
  private final Auditor auditor;
  private final Supplier<FleetProgress> saved;
  private final List<Late> late = new ArrayList<>();
  private final Set<InstanceId> deleted = new TreeSet<>();
  private Duration age = Duration.ZERO;

  private record Late(Instant at, Call call) {}

  private interface Call {
    void run() throws PortException;
  }

  FaultyMarket(Market market, Fate fate, Auditor auditor, Supplier<FleetProgress> saved) {
    this.market = market;
    this.fate = fate;
    this.auditor = auditor;
    this.saved = saved;
    this.port = new MarketPort(market, () -> age);
  }

  /** What was on its way arrives. */
  void tick() {
    var due = late.stream().filter(each -> !each.at().isAfter(market.instant())).toList();
    late.removeAll(due);
    for (var each : due) {
      try {
        each.call().run();
      } catch (PortException refused) {
        auditor.log("a late request is refused: " + refused.getMessage());
      }
    }
  }

  boolean isIdle() {
    return late.isEmpty();
  }

  @Override
  public Observed<List<MachineView>> machines(FleetId fleet) {
    age =
        fate.strikes(fate.chances().stale())
            ? Duration.ofSeconds(fate.between(1, LATE))
            : Duration.ZERO;
    return blind()
        ? Observed.unknown("RequestLimitExceeded")
        : port.machines(fleet).map(all -> all.stream().map(this::heard).toList());
  }

  /** Advice is told by a queue: it is heard until it was saved and whoever heard it is gone. */
  private MachineView heard(MachineView machine) {
    return deleted.contains(machine.id())
        ? machine.with(machine.leavesAt(), Optional.empty())
        : machine;
  }

  /**
   * The operator is another process: the queue tells it what nobody saved, and some of it twice.
   */
  void restarted() {
    deleted.removeIf(each -> fate.happens(0.2));
    saved
        .get()
        .advised()
        .forEach(
            (id, advice) -> {
              if (advice.isOfEc2()) {
                deleted.add(id);
              }
            });
  }

  private boolean blind() {
    return fate.strikes(fate.chances().blind());
  }

  @Override
  public Observed<Set<InstanceId>> alive(Set<InstanceId> machines) {
    return blind() ? Observed.unknown("no answer") : port.alive(machines);
  }

  @Override
  public Observed<List<Subnet>> subnets(Set<String> ids) {
    return blind() ? Observed.unknown("no answer") : port.subnets(ids);
  }

  @Override
  public Observed<SortedMap<MachineType, TypeView>> types() {
    return blind() ? Observed.unknown("no answer") : port.types();
  }

  @Override
  public Observed<List<PriceSeries>> prices(Set<Pool> pools, Instant since) {
    return blind() ? Observed.unknown("no answer") : port.prices(pools, since);
  }

  @Override
  public PurchaseAnswer buy(Purchase purchase) throws PortException {
    trouble("buys " + purchase, () -> port.buy(purchase));
    var answer = port.buy(purchase);
    auditor.log(
        "  EC2 sells " + answer.bought() + " of purchase " + purchase.number() + answer.errors());
    fate.mayDie();
    auditor.answered(purchase, answer);
    return answer;
  }

  @Override
  public void terminate(Set<InstanceId> machines) throws PortException {
    auditor.terminates(machines, saved.get());
    trouble("takes back " + machines, () -> port.terminate(machines));
    port.terminate(machines);
    fate.mayDie();
  }

  private void trouble(String what, Call call) throws PortException {
    fate.mayDie();
    if (fate.strikes(fate.chances().lost())) {
      boolean told = fate.happens(0.5);
      throw new PortException(
          told ? PortException.Kind.UNREACHABLE : PortException.Kind.UNKNOWN_OUTCOME,
          told ? "RequestLimitExceeded" : "no answer");
    }
    if (fate.strikes(fate.chances().unanswered())) {
      auditor.log("  without an answer EC2 " + what);
      var at = market.instant().plusSeconds(fate.happens(0.5) ? 0 : fate.between(1, LATE));
      late.add(new Late(at, call));
      throw new PortException(PortException.Kind.UNKNOWN_OUTCOME, "no answer");
    }
  }
}
