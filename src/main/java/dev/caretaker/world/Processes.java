package dev.caretaker.world;

import dev.caretaker.elastic.model.HostProcess.State;
import java.time.Duration;

/** How the processes on machines start and end. */
final class Processes {
  /** A machine that EC2 takes so soon is stopped without harm. */
  private static final long LAST_SECONDS = 20;

  private final World world;

  Processes(World world) {
    this.world = world;
  }

  /** Caretaker says that it may go. */
  void release(Machine machine) {
    if (world.machines.remove(machine)) {
      world.log(machine + " is released");
      machine.stoppedByUs = false;
      world.released.add(machine);
      world.changed();
    }
  }

  void stopForUs(Machine machine) {
    if (machine.doomedAt - world.now <= LAST_SECONDS) {
      world.people().strikes(machine, "is stopped by Caretaker before EC2 takes it");
      endsSoon(machine);
      return;
    }
    machine.stoppedByUs = true;
    machine.stoppedOnView = world.decidedOn();
    machine.stoppedAt = world.now;
    machine.servedWhenStopped.clear();
    for (var shard : world.shards) {
      for (var copy : shard.copies) {
        if (copy.machine == machine && copy.inSync()) {
          machine.servedWhenStopped.add(shard);
        }
      }
    }
    world.log("Caretaker stops " + machine);
    endsSoon(machine);
  }

  private void endsSoon(Machine machine) {
    world.membership.goes(machine);
    machine.endsAt = world.now + world.between(1, 4);
    world.changed();
  }

  void start(Machine machine) {
    if (machine.process == State.RUNNING || machine.terminated) {
      return;
    }
    if (world.released.remove(machine)) {
      world.machines.add(machine);
    }
    machine.openDisk();
    machine.process = State.RUNNING;
    machine.newIncarnation(world.now);
    machine.bootedAt =
        world.now
            + world
                .pace
                .startOf(machine.name)
                .map(Duration::toSeconds)
                .orElseGet(() -> world.between(5, 20))
            + machine.slowBy;
    if (world.now < machine.failsUntil) {
      machine.process = State.DIED;
    }
    world.log(machine + " starts: " + machine.process);
    world.changed();
  }
}
