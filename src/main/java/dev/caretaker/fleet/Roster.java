package dev.caretaker.fleet;

import dev.caretaker.fleet.ledger.Ledger;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Every machine of a fleet exactly once, seen or expected, with what stands against it.
 *
 * @param unpriced types of machines that run and have no price: what they cost is not known
 */
record Roster(
    List<Member> members, List<Purchase> asked, Ledger ledger, SortedSet<MachineType> unpriced) {

  static Roster of(
      FleetPolicy policy,
      FleetView view,
      List<MachineView> machines,
      SortedMap<Pool, Quote> quotes,
      Remembering remembering,
      Instant now) {
    var types = view.types().ifKnown().orElse(new TreeMap<>());
    var members = new ArrayList<Member>();
    var unpriced = new TreeSet<MachineType>();
    for (var machine : machines) {
      if (machine.isAlive()) {
        var quote = quote(machine.pool(), quotes);
        if (quote.isEmpty() && machine.belongsTo(policy.id().uid())) {
          unpriced.add(machine.pool().type());
        }
        members.add(
            new Member(
                machine.id(),
                quote.orElse(new Quote(machine.pool(), UsdPerHour.ZERO, UsdPerHour.ZERO)),
                utility(policy, types, machine.pool().type()),
                machine.launchedAt(),
                standing(policy, view, machine, remembering, now),
                machine.belongsTo(policy.id().uid())));
      }
    }
    var described = new TreeSet<InstanceId>();
    machines.forEach(machine -> described.add(machine.id()));
    for (var each : remembering.expected.values()) {
      if (described.contains(each.id())) {
        continue;
      }
      var quote = new Quote(each.pool(), each.ceiling(), each.ceiling());
      var standing =
          remembering.leaving.containsKey(each.id()) ? Standing.LEAVING : Standing.JOINING;
      members.add(new Member(each.id(), quote, each.utility(), each.at(), standing, true));
    }
    var asked = remembering.pending.stream().flatMap(each -> unseen(each, machines)).toList();
    return new Roster(members, asked, Ledger.of(members, asked, now), unpriced);
  }

  /** A machine without a price in its zone costs no more than its type does elsewhere. */
  private static Optional<Quote> quote(Pool pool, SortedMap<Pool, Quote> quotes) {
    return Optional.ofNullable(quotes.get(pool))
        .or(
            () ->
                quotes.values().stream()
                    .filter(each -> each.pool().type().equals(pool.type()))
                    .max((one, other) -> one.today().compareTo(other.today()))
                    .map(each -> new Quote(pool, each.today(), each.ceiling())));
  }

  private static Utility utility(
      FleetPolicy policy, SortedMap<MachineType, TypeView> types, MachineType type) {
    return policy.worth().ofRunning(type, Optional.ofNullable(types.get(type)));
  }

  private static Standing standing(
      FleetPolicy policy,
      FleetView view,
      MachineView machine,
      Remembering remembering,
      Instant now) {
    if (remembering.leaving.containsKey(machine.id())) {
      return Standing.LEAVING;
    }
    if (machine.isDoomed(now)) {
      return Standing.DOOMED;
    }
    if (machine.isStripped()) {
      return isAtWork(policy, view, machine) ? Standing.STRIPPED : Standing.STRIPPED_IDLE;
    }
    var workload = view.workload().ifKnown();
    if (policy.stateful()
        && workload.filter(each -> each.released().contains(machine.id())).isPresent()) {
      return Standing.RELEASED;
    }
    boolean works = isAtWork(policy, view, machine);
    if (works) {
      remembering.isAtWork(machine.id());
    }
    boolean late =
        !works
            && !remembering.awaySince(machine.id()).plus(policy.joinWithin()).isAfter(now)
            && everyMachineIsSeen(policy, view);
    if (policy.stateful() && remembering.releases.containsKey(machine.id())) {
      return Standing.RELEASING;
    }
    if (works && remembering.outgoing.containsKey(machine.id())) {
      return Standing.OUTGOING;
    }
    return works ? Standing.AT_WORK : late ? Standing.ABSENT : Standing.JOINING;
  }

  /** Of a fleet with more machines than its cluster sees, nobody knows which are at work. */
  private static boolean everyMachineIsSeen(FleetPolicy policy, FleetView view) {
    long own =
        view.machines().ifKnown().orElse(List.of()).stream()
            .filter(each -> each.isAlive() && each.belongsTo(policy.id().uid()))
            .count();
    return own <= policy.limits().machines().orElse(Integer.MAX_VALUE);
  }

  /** What is not known to be at work is not known to be useless either. */
  private static boolean isAtWork(FleetPolicy policy, FleetView view, MachineView machine) {
    if (!policy.stateful()) {
      return machine.state() == MachineView.State.RUNNING;
    }
    return view.workload()
        .ifKnown()
        .map(each -> each.atWork().contains(machine.id()))
        .orElse(machine.state() == MachineView.State.RUNNING);
  }

  /** What of a purchase is not described yet. */
  private static Stream<Purchase> unseen(Purchase purchase, List<MachineView> machines) {
    long seen = machines.stream().filter(each -> each.purchase() == purchase.number()).count();
    return seen >= purchase.count() ? Stream.empty() : Stream.of(purchase.less((int) seen));
  }

  Optional<Member> member(InstanceId id) {
    return members.stream().filter(each -> each.id().equals(id)).findFirst();
  }

  List<Member> own() {
    return members.stream().filter(Member::ours).toList();
  }

  List<Member> stripped() {
    return members.stream().filter(Member::isStripped).toList();
  }

  Utility strippedUtility() {
    return stripped().stream().map(Member::utility).reduce(Utility.ZERO, Utility::plus);
  }

  List<Member> strangers() {
    return members.stream().filter(each -> !each.ours()).toList();
  }

  /** What is spent on some of those that were bought, with or without the fleet's tag. */
  UsdPerHour spendOf(Predicate<Member> wanted) {
    return members.stream()
        .filter(Member::isBought)
        .filter(wanted)
        .map(Member::today)
        .reduce(UsdPerHour.ZERO, UsdPerHour::plus);
  }

  Utility utilityOf(Predicate<Member> wanted) {
    return own().stream().filter(wanted).map(Member::utility).reduce(Utility.ZERO, Utility::plus);
  }
}
