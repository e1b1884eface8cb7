package dev.caretaker.operator;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Notice;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/**
 * What queues announced of machines, and whose machines they are. It is lost with the process: what
 * nobody has acted on by then stands in its queue still.
 */
final class Notices {
  /** EC2 has taken it by then, whatever it said. */
  private static final Duration REMEMBERED = Duration.ofMinutes(10);

  private final Clock clock;
  private final BiConsumer<String, String> wake;
  private final Map<InstanceId, Notice> announced = new HashMap<>();
  private final Map<InstanceId, Owner> owners = new HashMap<>();
  private final Map<Owner, Instant> looked = new HashMap<>();

  /**
   * Nothing is announced yet.
   *
   * @param wake has a fleet looked at, by namespace and name
   */
  Notices(Clock clock, BiConsumer<String, String> wake) {
    this.clock = clock;
    this.wake = wake;
  }

  /** A fleet of a region. */
  record Owner(String region, String namespace, String name) {}

  /** Something was announced in a region. Its owner looks at once; who may be it looks too. */
  synchronized void announce(String region, Notice notice) {
    announced.values().removeIf(this::isOld);
    if (notice.kind() == Notice.Kind.INTERRUPTION) {
      announced.merge(notice.machine(), notice, Notices::earlier);
    }
    var owner = owners.get(notice.machine());
    if (owner != null) {
      wake.accept(owner.namespace(), owner.name());
    } else if (notice.kind() == Notice.Kind.INTERRUPTION) {
      looked.keySet().stream()
          .filter(each -> each.region().equals(region))
          .forEach(each -> wake.accept(each.namespace(), each.name()));
    }
  }

  private boolean isOld(Notice notice) {
    return notice.leavesAt().orElse(notice.at()).plus(REMEMBERED).isBefore(clock.instant());
  }

  private static Notice earlier(Notice one, Notice other) {
    return one.at().isAfter(other.at()) ? other : one;
  }

  /** The same machine, with the notice that was heard of it. */
  synchronized MachineView noticed(MachineView machine) {
    var heard = Optional.ofNullable(announced.get(machine.id())).flatMap(Notice::leavesAt);
    var leavesAt =
        heard.filter(at -> machine.leavesAt().filter(seen -> !at.isBefore(seen)).isEmpty());
    return leavesAt.isEmpty()
        ? machine
        : new MachineView(
            machine.id(),
            machine.pool(),
            machine.state(),
            machine.launchedAt(),
            machine.fleet(),
            machine.purchase(),
            leavesAt,
            machine.address());
  }

  /** These fleets of a region may own what is announced there, once they were looked at. */
  synchronized void expect(String region, Set<Owner> fleets) {
    looked.keySet().removeIf(each -> each.region().equals(region) && !fleets.contains(each));
    fleets.forEach(each -> looked.putIfAbsent(each, Instant.EPOCH));
  }

  /** A fleet was looked at, and what came of it is saved. */
  synchronized void lookedAt(Owner owner, Instant began, Set<InstanceId> machines) {
    looked.put(owner, began);
    owners.values().removeIf(owner::equals);
    machines.forEach(machine -> owners.put(machine, owner));
  }

  /** A fleet is gone. */
  synchronized void forget(String namespace, String name) {
    looked.keySet().removeIf(each -> is(each, namespace, name));
    owners.values().removeIf(each -> is(each, namespace, name));
  }

  private static boolean is(Owner owner, String namespace, String name) {
    return owner.namespace().equals(namespace) && owner.name().equals(name);
  }

  /**
   * Whether all that can be done about a notice is saved: its owner has looked since it was heard;
   * or, where none of the region's fleets has the machine, all of them have.
   */
  synchronized boolean isSettled(String region, InstanceId machine, Instant heard) {
    var owner = owners.get(machine);
    var concerned = new HashSet<Owner>();
    if (owner != null) {
      concerned.add(owner);
    } else {
      looked.keySet().stream().filter(each -> each.region().equals(region)).forEach(concerned::add);
    }
    return concerned.stream().allMatch(each -> heard.isBefore(looked.get(each)));
  }
}
