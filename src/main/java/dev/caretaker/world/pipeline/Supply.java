package dev.caretaker.world.pipeline;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.world.pipeline.Chance.Mishap;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** A fleet: it buys what it is asked for as far as its money goes, and gives back what is more. */
public final class Supply {
  private final Chance chance;
  private final List<WorkMachine> machines = new ArrayList<>();
  private final Utility each;
  private Optional<Revision> image = Optional.empty();
  private Utility demand = Utility.ZERO;
  private Utility affordable;
  private long bought;

  Supply(Chance chance, Utility each, Utility affordable) {
    this.chance = chance;
    this.each = each;
    this.affordable = affordable;
  }

  /** Code on the disk of machines that boot from now on. */
  public void image(Optional<Revision> code) {
    image = code;
  }

  /** What the pipeline asks for. */
  public void ask(Utility utility) {
    demand = utility;
  }

  public Utility demand() {
    return demand;
  }

  /** As much its budget buys. */
  public void afford(Utility utility) {
    affordable = utility;
  }

  public Utility affordable() {
    return affordable;
  }

  /** Those that were not taken away, booted or not. */
  public List<WorkMachine> machines() {
    return Collections.unmodifiableList(machines);
  }

  public Optional<WorkMachine> find(WorkerId id) {
    return machines.stream().filter(machine -> machine.id().equals(id)).findFirst();
  }

  /** Machines are exchanged whose code cannot be brought up to date. */
  public void replace(Collection<WorkerId> ids) {
    machines.stream().filter(machine -> ids.contains(machine.id())).forEach(WorkMachine::die);
  }

  void tick(Instant now) {
    machines.removeIf(machine -> !machine.isAlive());
    long wanted = Math.min(demand.thousandths(), affordable.thousandths());
    long there = ours();
    while (there < wanted && !covers(there, wanted)) {
      buy(now);
      there += each.thousandths();
    }
    for (int i = machines.size() - 1; i >= 0 && there - each.thousandths() >= wanted; i--) {
      if (machines.get(i).isAssigned()) {
        machines.get(i).die();
        there -= each.thousandths();
      }
    }
  }

  /** One more must not cost more than there is money for. */
  private boolean covers(long there, long wanted) {
    return wanted == affordable.thousandths() && there + each.thousandths() > wanted;
  }

  private long ours() {
    return machines.stream()
        .filter(machine -> machine.isAlive() && machine.isAssigned())
        .mapToLong(machine -> machine.utility().thousandths())
        .sum();
  }

  private void buy(Instant now) {
    bought++;
    var id = new WorkerId(String.format("i-%04d", bought));
    var ready = now.plusSeconds(chance.between(60, 300));
    var machine = new WorkMachine(id, each, ready, image);
    machine.tellsStart(!chance.of(Mishap.START_UNKNOWN));
    if (chance.of(Mishap.BOOTS_RUNNING)) {
      machine.start(ready);
    }
    machines.add(machine);
  }

  Observed<FleetView> view(Instant now) {
    var hosts = new ArrayList<>(machines);
    hosts.removeIf(machine -> !machine.isAtWork(now));
    long pending =
        machines.stream()
            .filter(machine -> machine.isAlive() && !machine.isAtWork(now))
            .mapToLong(machine -> machine.utility().thousandths())
            .sum();
    return Observed.known(
        new FleetView(
            hosts.stream().map(WorkMachine::host).toList(),
            new Utility(pending),
            demand.isMoreThan(affordable)
                ? Optional.of("its budget buys " + affordable)
                : Optional.empty()));
  }
}
