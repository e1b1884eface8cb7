package dev.caretaker.world.market;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.ReleaseRequest;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.WorkloadPort;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongSupplier;

/**
 * A cluster on spot machines: nodes join, are drained when their fleet asks, and are released for
 * good.
 */
public final class SpotNodes implements WorkloadPort {
  /** From a machine that runs to a node that works. */
  private static final long JOINS_AFTER = 60;

  private final Market market;
  private final LongSupplier drainSeconds;
  private final int leastMachines;
  private final Map<InstanceId, Instant> joins = new TreeMap<>();
  private final Map<InstanceId, Instant> emptyAt = new TreeMap<>();
  private final Set<InstanceId> joined = new TreeSet<>();
  private final Set<InstanceId> released = new TreeSet<>();

  public SpotNodes(Market market, LongSupplier drainSeconds, int leastMachines) {
    this.market = market;
    this.drainSeconds = drainSeconds;
    this.leastMachines = leastMachines;
  }

  /** Whether it ever held data that was not moved away since. */
  public boolean holdsData(InstanceId machine) {
    return joined.contains(machine) && !released.contains(machine);
  }

  public boolean isReleased(InstanceId machine) {
    return released.contains(machine);
  }

  public boolean isAtWork(InstanceId machine) {
    return holdsData(machine) && market.machine(machine).filter(SpotMachine::isAlive).isPresent();
  }

  public int leastMachines() {
    return leastMachines;
  }

  /** Nodes join; what is asked for is drained, one after the other is released. */
  public void advance(Collection<ReleaseRequest> requests) {
    var now = market.instant();
    for (var machine : market.machines()) {
      if (machine.fleet().isPresent() && machine.isRunning(now)) {
        var at = joins.computeIfAbsent(machine.id(), id -> now.plusSeconds(JOINS_AFTER));
        if (!at.isAfter(now)) {
          joined.add(machine.id());
        }
      }
    }
    var asked = new TreeSet<InstanceId>();
    requests.forEach(request -> asked.add(request.machine()));
    emptyAt.keySet().retainAll(asked);
    for (var id : asked) {
      var at =
          emptyAt.computeIfAbsent(
              id, each -> now.plusSeconds(joined.contains(id) ? drainSeconds.getAsLong() : 20));
      if (!at.isAfter(now) && mayGo(id)) {
        released.add(id);
      }
    }
  }

  /** The cluster's own guard: it lets nothing go that it needs. */
  private boolean mayGo(InstanceId id) {
    return !joined.contains(id) || atWork().size() > leastMachines;
  }

  public Set<InstanceId> atWork() {
    var working = new TreeSet<InstanceId>();
    for (var id : joined) {
      if (isAtWork(id)) {
        working.add(id);
      }
    }
    return working;
  }

  @Override
  public Observed<WorkloadView> read(Set<InstanceId> machines) {
    var going = new TreeSet<>(emptyAt.keySet());
    going.removeIf(id -> !mayGo(id));
    return Observed.known(new WorkloadView(atWork(), released, going, leastMachines));
  }
}
