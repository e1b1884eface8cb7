package dev.caretaker.world.simulation;

import dev.caretaker.elastic.handshake.Released;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.world.People;
import dev.caretaker.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A fleet whose machines are nodes of the cluster: it buys, asks for machines, thinks better of it,
 * and takes away what was released; and EC2 takes machines from it.
 */
final class Fleet {
  private static final long CHANCE = 0x464C4545L;
  private static final int MOST = 7;
  private static final long NOTICE = 120;

  /** Seconds after its time in which EC2 may still take a machine. */
  private static final long LATE = 12;

  /** How long a notice that was not kept is believed, and seconds for those who look late. */
  private static final long NOTICE_LASTS = 330;

  private final World world;
  private final People people;
  private final ZoneName zone;
  private final Set<NodeName> first;
  private final SplittableRandom random;
  private final Map<NodeName, Optional<String>> machines = new TreeMap<>();
  private final Map<NodeName, Long> boughtAt = new TreeMap<>();
  private final Map<NodeName, Long> goneAt = new TreeMap<>();
  private final Map<NodeName, Long> takenAt = new TreeMap<>();
  private final Map<NodeName, Long> leaves = new TreeMap<>();
  private final Map<NodeName, Long> survivors = new TreeMap<>();
  private final double asks;
  private final double takes;
  private int requests;
  private int bought;
  private boolean peace;

  Fleet(long seed, World world, ZoneName zone, Set<NodeName> first) {
    this.world = world;
    this.people = world.people();
    this.zone = zone;
    this.first = Set.copyOf(first);
    this.random = new SplittableRandom(seed ^ CHANCE);
    first.forEach(node -> machines.put(node, Optional.empty()));
    asks = 0.01 * random.nextDouble();
    takes = random.nextInt(2) == 0 ? 0.02 * random.nextDouble() : 0;
  }

  /** As its status lists them. */
  List<SpotMachine> machines() {
    return machines.entrySet().stream()
        .map(
            each ->
                SpotMachine.ofFleet(
                    "spots",
                    each.getKey().value(),
                    zone,
                    Optional.empty(),
                    each.getValue(),
                    Optional.ofNullable(boughtAt.get(each.getKey())).map(World::at),
                    Optional.ofNullable(leaves.get(each.getKey())).map(World::at)))
        .toList();
  }

  /** Whether it asks for this machine. */
  boolean asksFor(NodeName node) {
    return machines.getOrDefault(node, Optional.empty()).isPresent();
  }

  /** Whether EC2 takes this machine within so many seconds. */
  boolean isTakenWithin(NodeName node, long seconds) {
    long at = leaves.getOrDefault(node, Long.MAX_VALUE);
    return at - seconds <= world.now() && isTaken(node);
  }

  /** Whether EC2 has given notice for this machine, and it is not long past. */
  boolean isTaken(NodeName node) {
    return leaves.containsKey(node) && leaves.get(node) + NOTICE_LASTS >= world.now();
  }

  /** Whether one of the first machines is gone: some of them may be master, no later one is. */
  boolean isPoorer() {
    return !machines.keySet().containsAll(first);
  }

  boolean waitsForAnswers() {
    return machines.values().stream().anyMatch(Optional::isPresent);
  }

  /**
   * From now on it asks for nothing new; of some requests it thinks better. EC2 takes what it has
   * announced, while there still are people to bootstrap a cluster that lost its majority by that.
   */
  void calm() {
    peace = true;
    leaves.replaceAll((node, at) -> Math.min(at, world.now()));
    reclaim();
    machines.replaceAll((node, request) -> random.nextInt(3) == 0 ? Optional.empty() : request);
  }

  /** One second of it. */
  void tick(List<Released> released) {
    var answered = released.stream().map(Released::instanceId).collect(Collectors.toSet());
    for (var node : List.copyOf(machines.keySet())) {
      if (asksFor(node) && answered.contains(node.value()) && !goneAt.containsKey(node)) {
        leaves(node);
      }
    }
    takeAway(answered);
    reclaim();
    spare();
    forget();
    if (!peace) {
      whims(answered);
    }
  }

  /** One in four is started again by its own supervisor before it is taken away. */
  private void leaves(NodeName node) {
    if (!takenAt.containsKey(node)) {
      takenAt.put(node, world.now() + 2 + random.nextInt(40));
      if (random.nextInt(4) == 0) {
        people.startsItself(node);
      }
    }
  }

  /** It looks again before it takes: an answer that is lost is no answer. */
  private void takeAway(Set<String> answered) {
    for (var each : Map.copyOf(takenAt).entrySet()) {
      if (!answered.contains(each.getKey().value())) {
        takenAt.remove(each.getKey());
      } else if (each.getValue() <= world.now()) {
        takenAt.remove(each.getKey());
        people.terminate(each.getKey(), false);
        goneAt.put(each.getKey(), world.now() + random.nextInt(10));
      }
    }
  }

  private void forget() {
    for (var each : Map.copyOf(goneAt).entrySet()) {
      if (each.getValue() <= world.now()) {
        goneAt.remove(each.getKey());
        machines.remove(each.getKey());
        leaves.remove(each.getKey());
      }
    }
  }

  private void whims(Set<String> answered) {
    if (random.nextDouble() < asks) {
      int many = random.nextInt(4) == 0 ? 3 : 1;
      for (int i = 0; i < many; i++) {
        someone().ifPresent(this::ask);
      }
    }
    if (random.nextDouble() < asks / 2) {
      someone()
          .filter(node -> !answered.contains(node.value()))
          .filter(this::asksFor)
          .ifPresent(
              node -> {
                world.log("the fleet wants " + node + " no more away");
                machines.put(node, Optional.empty());
              });
    }
    if (machines.size() < MOST && random.nextDouble() < asks) {
      buy();
    }
    if (random.nextDouble() < takes) {
      someone().ifPresent(random.nextInt(3) == 0 ? this::reclaim : this::notice);
    }
  }

  private void ask(NodeName node) {
    if (!asksFor(node)) {
      world.log("the fleet asks for " + node);
      machines.put(node, Optional.of("r" + requests++));
    }
  }

  /** One in five has no process yet, which nobody has ever started. */
  private void buy() {
    var node = new NodeName("i-" + bought++);
    people.buy(node, zone, 20 + random.nextInt(60), random.nextInt(5) > 0);
    machines.put(node, Optional.empty());
    boughtAt.put(node, world.now());
  }

  /** EC2 takes it at once; the fleet hears of that some seconds later. */
  private void reclaim(NodeName node) {
    people.terminate(node, true);
    takenAt.remove(node);
    goneAt.put(node, world.now() + random.nextInt(30));
  }

  private void notice(NodeName node) {
    if (!leaves.containsKey(node)) {
      world.log("EC2 takes " + node + " in two minutes");
      people.notice(node, world.now() + NOTICE);
      leaves.put(node, world.now() + NOTICE);
    }
  }

  private void reclaim() {
    for (var each : Map.copyOf(leaves).entrySet()) {
      var node = each.getKey();
      boolean due = each.getValue() <= world.now() && !goneAt.containsKey(node);
      if (due && !survivors.containsKey(node)) {
        keepOrSpare(node);
      }
    }
  }

  /** By then nobody takes it for doomed any more, but for its notice. */
  private void spare() {
    survivors.forEach(
        (node, at) -> {
          if (at == world.now() && machines.containsKey(node) && !goneAt.containsKey(node)) {
            people.spares(node);
          }
        });
  }

  /**
   * One in eight survives, until peace; its notice stands in the list as long as the machine does.
   */
  private void keepOrSpare(NodeName node) {
    if (!peace && random.nextInt(8) == 0) {
      survivors.put(node, world.now() + LATE);
    } else {
      reclaim(node);
    }
  }

  private Optional<NodeName> someone() {
    var there = machines.keySet().stream().filter(node -> !goneAt.containsKey(node)).toList();
    return there.isEmpty()
        ? Optional.empty()
        : Optional.of(there.get(random.nextInt(there.size())));
  }
}
