package dev.caretaker.sandbox.audit;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.sandbox.market.Sale;
import dev.caretaker.sandbox.stand.Stand;
import dev.caretaker.sandbox.watch.Look;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.SpotMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Looks several times a second at the machines of one fleet, as the market, the processes and the
 * routing table show them, and keeps what is worth complaining of.
 */
public final class FleetWatch implements AutoCloseable {
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);

  /** A machine that is younger may have no process yet. */
  private static final Duration BOOTS = Duration.ofSeconds(30);

  private static final String EXCLUDED = "cluster.routing.allocation.exclude._name";

  private final Stand stand;
  private final Declared declared;
  private final OverBudget overBudget = new OverBudget();
  private final NodeTraces nodes = new NodeTraces();
  private final List<String> unreleased = new CopyOnWriteArrayList<>();
  private final Set<InstanceId> givenBack = new ConcurrentSkipListSet<>();
  private final Thread thread = new Thread(this::watch, "fleet-watch");
  private volatile UsdPerHour budget;
  private int most;

  /**
   * What the spec says of a fleet.
   *
   * @param uid the tag of its machines
   * @param wanted machines, each worth one
   * @param nodesWanted for shelter; 0 for a fleet without data
   */
  public record Declared(String uid, int wanted, int floor, int nodesWanted) {}

  /** Watches a fleet from now on. */
  public FleetWatch(Stand stand, Declared declared, UsdPerHour budget) {
    this.stand = stand;
    this.declared = declared;
    this.budget = budget;
    stand.cloud().market().book().beforeGivingBack(this::judge);
    thread.setDaemon(true);
    thread.start();
  }

  /** The spec has another budget. */
  public void budget(UsdPerHour other) {
    budget = other;
  }

  /** Machines of the fleet that run and that nobody takes away. */
  public List<InstanceId> staying() {
    return stand.cloud().market().with(this::stays).stream().map(Machine::id).toList();
  }

  /** Those of them that are members of the cluster. */
  public List<InstanceId> members() {
    var look = stand.watcher().last();
    return staying().stream().filter(id -> isMember(look, id)).toList();
  }

  public synchronized Duration overBudget(OverBudget.Cause cause) {
    return overBudget.time(cause);
  }

  /** By how many machines there were ever more than wanted. */
  public synchronized int beyondDemand() {
    return Math.max(0, most - declared.wanted());
  }

  /** Machines that the operator gave back while something ran or stood on them, and what. */
  public List<String> unreleased() {
    return List.copyOf(unreleased);
  }

  /** Machines that the operator gave back. */
  public Set<InstanceId> givenBack() {
    return Set.copyOf(givenBack);
  }

  @Override
  public void close() {
    thread.interrupt();
  }

  private record Machine(InstanceId id, UsdPerHour price, Instant launchedAt) {}

  private List<Machine> stays(Market market) {
    var book = stand.cloud().market().book();
    var machines = new ArrayList<Machine>();
    for (var each : market.machines()) {
      boolean ours = book.saleOf(each.id()).filter(this::isOurs).isPresent();
      if (ours && each.isAlive() && !each.isDoomed()) {
        machines.add(new Machine(each.id(), price(market, each), each.launchedAt()));
      }
    }
    return machines;
  }

  private boolean isOurs(Sale sale) {
    return sale.fleet().equals(declared.uid());
  }

  private static UsdPerHour price(Market market, SpotMachine machine) {
    return market.prices().at(machine.pool(), market.instant()).orElse(UsdPerHour.ZERO);
  }

  private void watch() {
    try {
      while (!thread.isInterrupted()) {
        look(Instant.now());
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** Not under a lock of ours where the market is asked: it calls us under its own. */
  private void look(Instant now) {
    look(stand.cloud().market().with(this::stays), stand.watcher().last(), now);
  }

  private synchronized void look(List<Machine> machines, Optional<Look> look, Instant now) {
    look.ifPresent(seen -> machines.forEach(each -> note(seen, each.id(), now)));
    most = Math.max(most, (int) machines.stream().filter(each -> works(each, now)).count());
    var bill = bill(machines, look, now);
    if (bill.isOver()) {
      overBudget.over(now, bill.cause());
    } else {
      overBudget.within(now);
    }
  }

  /** What was released and not yet given back does not count: something else has its place. */
  private boolean works(Machine machine, Instant now) {
    return declared.nodesWanted() == 0
        || stand.cloud().machines().runs(machine.id())
        || machine.launchedAt().plus(BOOTS).isAfter(now);
  }

  private void note(Look look, InstanceId id, Instant now) {
    if (look.members().contains(id.value())) {
      boolean excluded = excluded(look).contains(id.value());
      nodes.saw(id, look.copiesOn(id.value()), excluded, now);
    }
  }

  private Bill bill(List<Machine> machines, Optional<Look> look, Instant now) {
    var emptied =
        machines.stream()
            .map(Machine::id)
            .filter(id -> isMember(look, id) && nodes.isExcluded(id))
            .toList();
    long members = machines.stream().filter(each -> isMember(look, each.id())).count();
    return new Bill(
        machines.stream().map(Machine::price).toList(),
        budget,
        declared.floor(),
        declared.nodesWanted(),
        (int) members - emptied.size(),
        emptied.stream().anyMatch(id -> nodes.getsOn(id, now)));
  }

  private static boolean isMember(Optional<Look> look, InstanceId id) {
    return look.filter(seen -> seen.members().contains(id.value())).isPresent();
  }

  private static List<String> excluded(Look look) {
    return List.of(look.persistent().getOrDefault(EXCLUDED, "").split(",", -1));
  }

  /** Called while the machines are still as they were. */
  private void judge(Set<InstanceId> terminated) {
    for (var id : terminated) {
      if (stand.cloud().market().book().saleOf(id).filter(this::isOurs).isPresent()) {
        givenBack.add(id);
        if (declared.nodesWanted() > 0) {
          nodes.unreleased(id, stand.cloud().machines().runs(id)).ifPresent(unreleased::add);
        }
      }
    }
  }
}
