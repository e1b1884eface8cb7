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
import java.util.function.Consumer;

/**
 * What queues announced of machines, and whose machines they are. It is lost with the process: what
 * nobody has acted on by then stands in its queue still.
 */
final class Notices {
  /** EC2 has taken it by then, or does not: nobody believes a notice for longer. */
  private static final Duration REMEMBERED = Duration.ofMinutes(5);

  /** A recommendation that is older says nothing any more. */
  private static final Duration ADVICE_REMEMBERED = Duration.ofHours(1);

  /** What is old does no harm meanwhile. */
  private static final Duration SWEPT_EVERY = Duration.ofMinutes(1);

  private final Clock clock;
  private final Consumer<Owner> wake;
  private final Map<InstanceId, Notice> announced = new HashMap<>();
  private final Map<InstanceId, Instant> advised = new HashMap<>();
  private final Map<InstanceId, Owner> owners = new HashMap<>();
  private final Map<Owner, Instant> looked = new HashMap<>();
  private Instant swept = Instant.MIN;

  /**
   * Nothing is announced yet.
   *
   * @param wake has a resource looked at
   */
  Notices(Clock clock, Consumer<Owner> wake) {
    this.clock = clock;
    this.wake = wake;
  }

  /** What kind of resource cares for machines. */
  enum Kind {
    FLEET,
    /** An EsCluster that lists spot machines; its status does not keep their notices. */
    CLUSTER
  }

  /** A resource with machines in a region. */
  record Owner(Kind kind, String region, String namespace, String name) {}

  /** Something was announced in a region. Its owner looks at once; who may be it looks too. */
  synchronized void announce(String region, Notice heard) {
    var notice = heard.notAfter(clock.instant());
    sweep();
    switch (notice.kind()) {
      case INTERRUPTION -> announced.merge(notice.machine(), notice, Notices::either);
      case REBALANCE -> advised.merge(notice.machine(), notice.at(), Notices::earlier);
      case COMES, GOES -> {
        // It only wakes somebody: EC2 tells the same.
      }
    }
    var owner = owners.get(notice.machine());
    if (owner != null) {
      wake.accept(owner);
    } else if (notice.kind() == Notice.Kind.INTERRUPTION) {
      looked.keySet().stream().filter(each -> each.region().equals(region)).forEach(wake);
    }
  }

  private void sweep() {
    var now = clock.instant();
    if (swept.isBefore(now.minus(SWEPT_EVERY))) {
      announced.values().removeIf(this::isOld);
      advised.values().removeIf(this::isOldAdvice);
      swept = now;
    }
  }

  private boolean isOld(Notice notice) {
    return notice.leavesAt().orElse(notice.at()).plus(REMEMBERED).isBefore(clock.instant());
  }

  private boolean isOldAdvice(Instant at) {
    return !at.plus(ADVICE_REMEMBERED).isAfter(clock.instant());
  }

  /** The first of the same taking; where EC2 did not keep one, a later notice is another. */
  private static Notice either(Notice one, Notice other) {
    var first = one.at().isAfter(other.at()) ? other : one;
    var second = one.at().isAfter(other.at()) ? one : other;
    boolean another = first.leavesAt().filter(at -> at.isBefore(second.at())).isPresent();
    return another ? second : first;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isAfter(other) ? other : one;
  }

  /** When EC2 takes the machine, by what was heard. */
  synchronized Optional<Instant> leavesAt(InstanceId machine) {
    return Optional.ofNullable(announced.get(machine))
        .filter(each -> !isOld(each))
        .flatMap(Notice::leavesAt);
  }

  /** The same machine, with the notice that was heard of it. */
  synchronized MachineView noticed(MachineView machine) {
    var heard = leavesAt(machine.id());
    var leavesAt =
        heard.filter(at -> machine.leavesAt().filter(seen -> !at.isBefore(seen)).isEmpty());
    var advisedAt = Optional.ofNullable(advised.get(machine.id())).filter(at -> !isOldAdvice(at));
    return leavesAt.isEmpty() && advisedAt.isEmpty()
        ? machine
        : machine.with(leavesAt.or(machine::leavesAt), advisedAt.or(machine::advisedAt));
  }

  /** These are all of a kind that may own what is announced, once they were looked at. */
  synchronized void expect(Kind kind, Set<Owner> all) {
    looked.keySet().removeIf(each -> each.kind() == kind && !all.contains(each));
    all.forEach(each -> looked.putIfAbsent(each, Instant.EPOCH));
  }

  /** This one may own what is announced, once it was looked at. */
  synchronized void expect(Owner owner) {
    looked.putIfAbsent(owner, Instant.EPOCH);
  }

  /** A resource was looked at, and what came of it is saved. */
  synchronized void lookedAt(Owner owner, Instant began, Set<InstanceId> machines) {
    looked.put(owner, began);
    owners.values().removeIf(owner::equals);
    machines.forEach(machine -> owners.put(machine, owner));
  }

  /** A resource is gone, or has nothing to do with machines any more. */
  synchronized void forget(Kind kind, String namespace, String name) {
    looked.keySet().removeIf(each -> is(each, kind, namespace, name));
    owners.values().removeIf(each -> is(each, kind, namespace, name));
  }

  private static boolean is(Owner owner, Kind kind, String namespace, String name) {
    return owner.kind() == kind && owner.namespace().equals(namespace) && owner.name().equals(name);
  }

  /** Whether a resource here has the machine. */
  synchronized boolean isOurs(InstanceId machine) {
    return owners.containsKey(machine);
  }

  /**
   * Whether all that can be done about a notice is saved: its owner has looked since it was heard;
   * or, where none in the region has the machine, all of them have. A cluster has it told again by
   * the queue, should this process end, until the machine is gone.
   */
  synchronized boolean isSettled(String region, InstanceId machine, Instant heard) {
    var owner = owners.get(machine);
    if (owner != null && owner.kind() == Kind.CLUSTER && stands(machine)) {
      return false;
    }
    var concerned = new HashSet<Owner>();
    if (owner != null) {
      concerned.add(owner);
    } else {
      looked.keySet().stream().filter(each -> each.region().equals(region)).forEach(concerned::add);
    }
    return concerned.stream().allMatch(each -> heard.isBefore(looked.get(each)));
  }

  /** Whether the time that EC2 has set for a machine is still to come. */
  synchronized boolean stands(InstanceId machine) {
    return leavesAt(machine).filter(at -> clock.instant().isBefore(at)).isPresent();
  }
}
