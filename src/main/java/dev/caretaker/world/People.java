package dev.caretaker.world;

import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.elastic.model.ZoneName;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What happens to a world without Caretaker: misfortune, curl, and the daily rollover. */
public final class People {
  private final World world;

  People(World world) {
    this.world = world;
  }

  /** Kill -9: gone within a second, the disk stays. */
  public void kill(NodeName node) {
    world.machine(node).ifPresent(this::kill);
  }

  private void kill(Machine machine) {
    if (machine.process == State.RUNNING) {
      strikes(machine, "is killed");
      machine.process = State.DIED;
      machine.endsAt = World.NEVER;
      world.membership.goes(machine);
      world.changed();
    }
  }

  /** The machine is lost with its disk; what starts in its place is a new node of the name. */
  public void lose(NodeName node) {
    kill(node);
    var machine = machine(node);
    strikes(machine, "loses its disk");
    machine.wipe();
    world.changed();
  }

  /** SIGSTOP for so many seconds: it answers nothing and is missed late. */
  public void freeze(NodeName node, long ticks) {
    var machine = machine(node);
    if (machine.up(world.now)) {
      strikes(machine, "freezes for " + ticks + " s");
      machine.frozenUntil = world.now + ticks;
      world.membership.freezes(machine);
      world.changed();
    }
  }

  /** Every start fails for so many seconds. */
  public void failStarts(NodeName node, long ticks) {
    strikes(machine(node), "will not start for " + ticks + " s");
    machine(node).failsUntil = world.now + ticks;
  }

  /** The next start finds an empty disk. */
  public void loseDiskAtNextStart(NodeName node) {
    strikes(machine(node), "will come back empty");
    machine(node).losesDisk = true;
  }

  /** The machine's supervisor does not answer. */
  public void hide(NodeName node, long ticks) {
    world.log("the host of " + node + " does not answer for " + ticks + " s");
    machine(node).unreachableUntil = world.now + ticks;
  }

  /** Starts a process; nothing where it runs, or where the machine is gone or shall go. */
  public void start(NodeName node) {
    world
        .machine(node)
        .filter(machine -> !world.released.contains(machine))
        .ifPresent(world.processes::start);
  }

  /** Its own supervisor starts it, whatever anybody wants, also when it was released. */
  public void startsItself(NodeName node) {
    world.machine(node).ifPresent(world.processes::start);
  }

  /** A new machine, whose node joins after so many seconds, or waits to be started at all. */
  public void buy(NodeName node, ZoneName zone, long boots, boolean starts) {
    var like = world.machines.get(0);
    var machine =
        new Machine(node, zone, EnumSet.of(Role.DATA), like.diskTotal, like.diskTotal / 50);
    machine.isNew = true;
    machine.newIncarnation(world.now);
    machine.bootedAt = world.now + boots;
    machine.process = starts ? State.RUNNING : State.STOPPED;
    world.log(node + " is bought: " + machine.process);
    world.machines.add(machine);
    world.changed();
  }

  /** EC2 says when it will take the machine. */
  public void notice(NodeName node, long at) {
    machine(node).noticedAt = world.now;
    machine(node).doomedAt = at;
  }

  /** EC2 does not take it after all. */
  public void spares(NodeName node) {
    world.log(node + " survives its notice");
    machine(node).noticedAt = World.NEVER;
    machine(node).doomedAt = World.NEVER;
  }

  /**
   * The machine is gone for good, with its disk.
   *
   * @param misfortune whether EC2 took it without being asked
   */
  public void terminate(NodeName node, boolean misfortune) {
    var machine = machine(node);
    if (misfortune) {
      strikes(machine, "is reclaimed");
      world.reclaimedAt = Math.max(world.reclaimedAt, machine.faultAt);
    } else {
      world.log(machine + " is terminated");
    }
    machine.terminated = true;
    machine.process = State.DIED;
    machine.endsAt = World.NEVER;
    machine.store.clear();
    world.membership.goes(machine);
    world.released.remove(machine);
    world.changed();
  }

  /** Nodes that Caretaker has stopped and that are not back. */
  public List<NodeName> stoppedByCaretaker() {
    var names = new ArrayList<NodeName>();
    for (var machine : world.machines) {
      if (machine.stoppedByUs) {
        names.add(machine.name);
      }
    }
    return names;
  }

  /** Whether a node runs that has not joined yet. */
  public boolean someoneStarts() {
    return world.machines.stream()
        .anyMatch(machine -> machine.process == State.RUNNING && !machine.member);
  }

  /** Ends every misfortune that is under way, and starts what died. */
  public void restoreAll() {
    for (var machine : world.machines) {
      machine.failsUntil = World.LONG_AGO;
      machine.unreachableUntil = World.LONG_AGO;
      if (machine.frozen(world.now)) {
        machine.frozenUntil = world.now + 1;
      }
      if (machine.process == State.DIED) {
        world.processes.start(machine);
      }
    }
    world.membership.bootstrap();
    world.changed();
  }

  /** What was announced is no surprise to anybody who looked since. */
  void strikes(Machine machine, String what) {
    world.log(machine + " " + what);
    long known = Math.min(world.now, machine.noticedAt);
    machine.faultAt = Math.max(machine.faultAt, known);
    if (!machine.stoppedByUs) {
      world.outsideFaultAt = world.now;
    }
    for (var shard : world.shards) {
      if (shard.isOn(machine) || machine.store.containsKey(shard)) {
        shard.faultAt = Math.max(shard.faultAt, known);
      }
    }
  }

  /** Somebody's curl; an empty value is {@code null}. */
  public void put(
      Map<String, Optional<String>> persistent, Map<String, Optional<String>> transientScope) {
    world.log("a person puts " + persistent + " transient " + transientScope);
    world.settings.write(persistent, transientScope, false, world.now);
    world.foreignWriteAt = world.now;
    world.settingsChanged();
  }

  /** Removes what others than Caretaker wrote and what still stands. */
  public void cleanUp() {
    put(foreign(world.settings.persistent()), foreign(world.settings.transientScope()));
    for (var index : world.indices.values()) {
      index.allocationEnable = Optional.empty();
      index.rebalanceEnable = Optional.empty();
    }
    world.changed();
  }

  private static Map<String, Optional<String>> foreign(Map<String, Settings.Value> scope) {
    var removal = new java.util.TreeMap<String, Optional<String>>();
    scope.forEach(
        (key, value) -> {
          if (!value.ours()) {
            removal.put(key, Optional.empty());
          }
        });
    return removal;
  }

  /** The daily rollover, or any other new index; writes come at once. */
  public void createIndex(String name, int shards, int replicas, long bytes, int writeEvery) {
    var index = new WorldIndex(name, replicas);
    index.writeEvery = writeEvery;
    world.log("index " + name + " is created, " + shards + " shards, " + replicas + " replicas");
    world.add(index, shards, bytes);
  }

  /** Gives up what nothing can bring back, as a person does in the end. */
  public void deleteLostIndices() {
    for (var index : List.copyOf(world.indices.values())) {
      if (index.shards.stream().anyMatch(shard -> shard.red() && !anywhere(shard))) {
        world.log("a person deletes the lost index " + index.name);
        world.indices.remove(index.name);
        world.shards.removeAll(index.shards);
        world.machines.forEach(machine -> index.shards.forEach(machine.store::remove));
        world.changed();
      }
    }
  }

  private boolean anywhere(Shard shard) {
    return shard.inSync.isEmpty() || world.machines.stream().anyMatch(shard::trusts);
  }

  /** An index's own setting, as {@code PUT index/_settings} makes it; empty removes it. */
  public void setIndexEnable(String index, Optional<String> enable) {
    var found = world.indices.get(index);
    if (found != null) {
      world.log("a person sets routing.allocation.enable of " + index + " to " + enable);
      found.allocationEnable = enable;
      world.foreignWriteAt = world.now;
      world.changed();
    }
  }

  /** The names of the nodes, in the order in which they were built. */
  public List<NodeName> nodes() {
    var names = new ArrayList<NodeName>();
    world.machines.forEach(machine -> names.add(machine.name));
    return names;
  }

  public ZoneName zoneOf(NodeName node) {
    return machine(node).zone;
  }

  /** Whether it came to rest, every copy is there and no disk is above the high watermark. */
  public boolean wellOff() {
    return world.now < WorldBuilder.LONGEST
        && world.shards.stream().allMatch(Shard::allActive)
        && world.machines.stream().allMatch(each -> each.used() < Deciders.HIGH * each.diskTotal);
  }

  /** What is not as it should be, for a reader of the timeline. */
  public List<String> describe() {
    var lines = new ArrayList<String>();
    for (var machine : world.machines) {
      lines.add(
          machine
              + (machine.member ? " member " : " away ")
              + machine.process
              + (machine.excluded ? " excluded" : "")
              + " holds "
              + 100 * machine.used() / machine.diskTotal
              + "%");
    }
    for (var shard : world.shards) {
      if (!shard.allActive()) {
        lines.add(shard.copies.stream().map(Copy::view).toList().toString());
      }
    }
    return lines;
  }

  /** Whether nobody's mark stands. */
  public boolean unmarked() {
    return Mark.in(world.settings.view().persistent()).isEmpty();
  }

  private Machine machine(NodeName node) {
    return world
        .machine(node)
        .orElseThrow(() -> new IllegalArgumentException("no machine " + node));
  }
}
