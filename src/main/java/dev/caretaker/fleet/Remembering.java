package dev.caretaker.fleet;

import dev.caretaker.fleet.action.FleetAction;
import dev.caretaker.fleet.action.FleetOutcome;
import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Advice;
import dev.caretaker.fleet.ledger.Cooling;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.fleet.model.PurchaseError.Kind;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.model.ReleaseRequest;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Reason;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The progress while a decision is made: what was remembered, brought up to what was seen. */
final class Remembering {
  /** EC2 knows a client token for a day; longer than this nobody repeats a request by it. */
  private static final Duration REPEATED_FOR = Duration.ofHours(1);

  /** A machine that still runs then is asked for again. */
  private static final Duration LEAVES_WITHIN = Duration.ofMinutes(2);

  /** What was to replace a machine is at work by then, or never will be. */
  private static final Duration OUTGOING_FOR = Duration.ofMinutes(20);

  private static final Set<Kind> WAITS_FOR_A_PERSON =
      EnumSet.of(Kind.TAGS, Kind.REQUEST, Kind.DENIED);

  Optional<Instant> knownSince;
  long lastNumber;
  final List<Purchase> pending;
  final SortedMap<InstanceId, Expected> expected;
  final SortedMap<InstanceId, Instant> leaving;
  final SortedMap<InstanceId, Instant> outgoing;
  private final SortedMap<InstanceId, Instant> away;
  final SortedMap<InstanceId, ReleaseRequest> releases;
  final SortedMap<InstanceId, Advice> advised;
  final SortedMap<Pool, Cooling> cooling;
  BackOff backOff;
  Optional<Instant> surplusSince;
  private Optional<Instant> unreadSince;
  private final List<FleetProgress.Told> decisions;
  private final Instant now;

  Remembering(FleetProgress progress, Instant now) {
    this.knownSince = progress.knownSince();
    this.lastNumber = progress.lastNumber();
    this.pending = new ArrayList<>(progress.pending());
    this.expected = new TreeMap<>(progress.expected());
    this.leaving = new TreeMap<>(progress.leaving());
    this.outgoing = new TreeMap<>(progress.outgoing());
    this.away = new TreeMap<>(progress.away());
    this.releases = new TreeMap<>(progress.releases());
    this.advised = new TreeMap<>(progress.advised());
    this.cooling = new TreeMap<>(progress.cooling());
    this.backOff = progress.backOff();
    this.surplusSince = progress.surplusSince();
    this.unreadSince = progress.unreadSince();
    this.decisions = new ArrayList<>(progress.decisions());
    this.now = now;
  }

  FleetProgress saved() {
    return new FleetProgress(
        knownSince,
        lastNumber,
        pending,
        expected,
        leaving,
        outgoing,
        away,
        releases,
        advised,
        cooling,
        backOff,
        surplusSince,
        unreadSince,
        decisions);
  }

  /** Requests that are sent again; nobody does that with one whose time is over. */
  List<Purchase> repeated() {
    return pending.stream().filter(each -> !isOver(each.decidedAt(), REPEATED_FOR)).toList();
  }

  void tell(Reason reason) {
    decisions.add(0, new FleetProgress.Told(now, reason));
  }

  Unaccepted unaccepted() {
    return new Unaccepted(decisions, now);
  }

  /** Since when something that is needed could not be read; empty where all was. */
  Optional<Instant> unread(boolean something) {
    unreadSince = something ? unreadSince.or(() -> Optional.of(now)) : Optional.empty();
    return unreadSince;
  }

  void isAtWork(InstanceId id) {
    away.remove(id);
  }

  /** Since when it is not at work, as far as anybody looked. */
  Instant awaySince(InstanceId id) {
    return away.computeIfAbsent(id, first -> now);
  }

  void cool(Pool pool, Duration time, String because) {
    var until = now.plus(time);
    var known = cooling.get(pool);
    if (known == null || known.until().isBefore(until)) {
      cooling.put(pool, new Cooling(until, because));
    }
  }

  /** What EC2 answered since the last pass. */
  void heard(Collection<FleetOutcome> outcomes, FleetView view) {
    for (var outcome : outcomes) {
      if (outcome instanceof FleetOutcome.Answered answered) {
        backOff = BackOff.NONE;
        answered(answered.answer(), view);
      } else if (outcome instanceof FleetOutcome.Failed failed) {
        backOff = backOff.afterFailure(now);
        // A request that may not have arrived is repeated: giving back twice does no harm.
        if (failed.action() instanceof FleetAction.TerminateInstances terminate) {
          for (var id : terminate.machines().keySet()) {
            leaving.remove(id);
          }
          if (backOff.failures() > 1 && !unaccepted().saidOfRemovals()) {
            tell(Unaccepted.removal(terminate.machines().keySet(), failed.sentence()));
          }
        }
      }
    }
  }

  private void answered(PurchaseAnswer answer, FleetView view) {
    var asked = pending.stream().filter(each -> each.number() == answer.number()).findFirst();
    if (asked.isEmpty()) {
      return;
    }
    var purchase = asked.get();
    pending.remove(purchase);
    for (var id : answer.bought()) {
      expected.put(id, new Expected(id, purchase.pool(), purchase.each(), purchase.ceiling(), now));
    }
    answer.errors().forEach(error -> coolAfter(error, purchase, view));
    if (answer.bought().size() < purchase.count() && answer.errors().isEmpty()) {
      cool(purchase.pool(), CoolingTimes.CAPACITY, "fewer machines than were asked for");
    }
  }

  private void coolAfter(PurchaseError error, Purchase purchase, FleetView view) {
    var time = CoolingTimes.after(error.kind());
    var because = error.code();
    if (WAITS_FOR_A_PERSON.contains(error.kind())) {
      tell(Unaccepted.purchase(purchase, error, now.plus(time)));
    }
    cool(purchase.pool(), time, because);
    for (var pool : view.quotes().ifKnown().orElse(new TreeMap<>()).keySet()) {
      if (CoolingTimes.concerns(error.kind(), purchase.pool(), pool)) {
        cool(pool, time, because);
      }
    }
  }

  /**
   * What is seen need not be remembered.
   *
   * @param quotes of all pools that are sold; empty where not all are known
   */
  void saw(List<MachineView> own, SortedMap<Pool, Quote> quotes) {
    if (knownSince.isEmpty()) {
      knownSince = Optional.of(now);
      // Numbers of a lost status must not come again; nobody buys more than one a second.
      lastNumber = now.getEpochSecond();
    }
    var alive = new TreeSet<InstanceId>();
    for (var machine : own) {
      lastNumber = Math.max(lastNumber, machine.purchase());
      if (machine.isAlive()) {
        // It stays expected for a while: the next answer of EC2 may be older than this one.
        alive.add(machine.id());
      } else {
        expected.remove(machine.id());
      }
    }
    var invisible = now.minus(Situation.SETTLING);
    expected.values().removeIf(each -> each.at().isBefore(invisible));
    // What the last repeat may have bought is visible before the request is forgotten.
    pending.removeIf(each -> isOver(each.decidedAt(), REPEATED_FOR.plus(Situation.SETTLING)));
    leaving.entrySet().removeIf(each -> isOver(each.getValue(), LEAVES_WITHIN));
    outgoing.entrySet().removeIf(each -> isOver(each.getValue(), OUTGOING_FOR));
    outgoing.keySet().retainAll(alive);
    away.keySet().retainAll(alive);
    releases.keySet().removeIf(id -> !alive.contains(id) && !expected.containsKey(id));
    cooling.values().removeIf(each -> !each.until().isAfter(now));
    cooling.keySet().removeIf(pool -> !quotes.isEmpty() && !quotes.containsKey(pool));
  }

  /** What EC2 recommends to move off, as far as the spec has it followed. */
  void heardAdvice(FleetPolicy policy, List<MachineView> own) {
    if (policy.rebalance() == FleetPolicy.Rebalance.IGNORE) {
      advised.values().removeIf(Advice::isOfEc2);
      return;
    }
    var alive = alive(own);
    own.stream()
        .filter(each -> alive.contains(each.id()))
        .forEach(
            each ->
                each.advisedAt().ifPresent(at -> advised.putIfAbsent(each.id(), Advice.at(at))));
    // One that was followed counts against the rate for a while, whatever became of its machine.
    advised
        .entrySet()
        .removeIf(
            each ->
                each.getValue().isOfEc2()
                    && !each.getValue().isRecent(now)
                    && !(each.getValue().stands(now) && alive.contains(each.getKey())));
  }

  /**
   * What pipelines cannot use. What was begun and came to nothing is begun again while they say so.
   *
   * @param unfit such machines, with who says so
   */
  void heardUnfit(List<MachineView> own, SortedMap<InstanceId, String> unfit) {
    var alive = alive(own);
    advised
        .entrySet()
        .removeIf(
            each ->
                !each.getValue().isOfEc2()
                    && !each.getValue().isRecent(now)
                    && !isUnderWay(each, unfit, alive));
    unfit.forEach(
        (id, who) -> {
          if (alive.contains(id)) {
            advised.merge(id, Advice.unfit(who, now), this::unlessBegun);
          }
        });
  }

  private boolean isUnderWay(
      Map.Entry<InstanceId, Advice> each,
      SortedMap<InstanceId, String> unfit,
      Set<InstanceId> alive) {
    var id = each.getKey();
    // What its cluster does not let go within the hour may be taken back.
    boolean released = releases.containsKey(id) && each.getValue().stands(now);
    boolean goes = outgoing.containsKey(id) || leaving.containsKey(id) || released;
    boolean asked = unfit.containsKey(id) && !each.getValue().isFollowed();
    return alive.contains(id) && (goes || asked);
  }

  /** Whoever is said to be unfit does no work, whatever EC2 recommends of it. */
  private Advice unlessBegun(Advice before, Advice said) {
    return before.isOfEc2() && !before.isFollowed() ? said : before;
  }

  private static Set<InstanceId> alive(List<MachineView> own) {
    var alive = new TreeSet<InstanceId>();
    own.stream().filter(MachineView::isAlive).forEach(each -> alive.add(each.id()));
    return alive;
  }

  private boolean isOver(Instant since, Duration time) {
    return since.plus(time).isBefore(now);
  }
}
