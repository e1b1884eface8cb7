package dev.caretaker.fleet;

import dev.caretaker.fleet.action.FleetAction;
import dev.caretaker.fleet.action.FleetOutcome;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.guard.RemovalQuestion.Cause;
import dev.caretaker.fleet.guard.RemovalQuestion.Step;
import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.DemandView;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.model.ReleaseRequest;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Utility;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Decides what a fleet buys and gives back. What gives way, in this order: safety last, then the
 * floor, then the budget; demand first.
 */
public final class FleetDecider {
  private final FleetRules rules;
  private final Buying buying;

  public FleetDecider(FleetRules rules) {
    this.rules = rules;
    this.buying = new Buying(rules);
  }

  /**
   * Decides.
   *
   * @param outcomes what came of the actions since the last decision, as far as EC2 answered
   */
  public FleetDecision decide(
      FleetPolicy policy,
      FleetView view,
      FleetProgress progress,
      Collection<FleetOutcome> outcomes,
      Instant now) {
    var remembering = new Remembering(progress, now);
    remembering.heard(outcomes, view);
    var machines = view.machines().ifKnown();
    if (machines.isEmpty()) {
      return FleetAnswers.blind(policy, view, remembering, repeats(policy, remembering, now));
    }
    var own = machines.get().stream().filter(each -> each.belongsTo(policy.id().uid())).toList();
    var quotes = view.quotes().ifKnown().orElse(new TreeMap<>());
    boolean allPools = view.subnets().ifKnown().isPresent();
    remembering.saw(own, allPools ? quotes : new TreeMap<>());
    remembering.heardAdvice(policy, own);
    remembering.heardUnfit(
        own, view.demand().ifKnown().map(DemandView::unfit).orElse(new TreeMap<>()));
    return decide(policy, view, machines.get(), quotes, remembering, now);
  }

  private FleetDecision decide(
      FleetPolicy policy,
      FleetView view,
      List<MachineView> machines,
      SortedMap<Pool, Quote> quotes,
      Remembering remembering,
      Instant now) {
    var roster = roster(policy, view, machines, quotes, remembering, now);
    var wanted = wanted(policy, view, roster);
    var situation =
        new Situation(
            policy,
            roster.members(),
            view.workload(),
            remembering.cooling,
            remembering.advised,
            remembering.knownSince.orElse(now),
            wanted,
            now);
    var repeats = repeats(policy, remembering, now);
    var offers = Buying.offers(policy, view, quotes);
    var shedding = new Shedding(rules, situation, roster);
    var basket = new Basket(new TreeMap<Offer, Integer>(Offer.BEST_FIRST), roster.ledger());
    if (!policy.deleting() || policy.isEnding()) {
      basket = change(situation, view, roster, offers, shedding, remembering);
    }
    var actions = new ArrayList<>(repeats);
    removals(shedding, remembering, now).ifPresent(actions::add);
    actions.addAll(purchases(situation, roster, basket, remembering));
    var answers = new FleetAnswers(situation, view, roster, offers, shedding, remembering);
    return answers.decision(actions, buying.refusals(situation, basket.ledger(), offers));
  }

  /** An exchange for which the budget has no room any more is called off. */
  private static Roster roster(
      FleetPolicy policy,
      FleetView view,
      List<MachineView> machines,
      SortedMap<Pool, Quote> quotes,
      Remembering remembering,
      Instant now) {
    var roster = Roster.of(policy, view, machines, quotes, remembering, now);
    if (remembering.outgoing.isEmpty()
        || !roster.spendOf(Member::costs).isMoreThan(policy.budget())) {
      return roster;
    }
    remembering.outgoing.clear();
    return Roster.of(policy, view, machines, quotes, remembering, now);
  }

  private Basket change(
      Situation situation,
      FleetView view,
      Roster roster,
      List<Offer> offers,
      Shedding shedding,
      Remembering remembering) {
    var policy = situation.policy();
    shedding.theUseless();
    if (policy.isEnding()) {
      shedding.everything();
      return buying.plan(situation, roster.ledger(), List.of());
    }
    if (!isPriced(view, roster)) {
      return buying.plan(situation, roster.ledger(), List.of());
    }
    shedding.theExcess();
    shedding.theReplaced();
    boolean withdrawn = withdraw(situation, roster, remembering);
    shedding.theSurplus(surplus(situation, roster, remembering));
    if (withdrawn) {
      return buying.plan(situation, roster.ledger(), List.of());
    }
    var basket = buying.plan(situation, roster.ledger(), offers);
    if (!basket.isEmpty() || !shedding.removals().isEmpty()) {
      return basket;
    }
    var replaced = new Replacing(buying, situation, roster, offers).replace(shedding, remembering);
    boolean still = replaced.isEmpty() && shedding.removals().isEmpty();
    return still
        ? new Trading(buying, situation, roster, offers).giveBack(shedding, remembering)
        : replaced;
  }

  /** Without every price and every utility nobody knows what is worth what. */
  private static boolean isPriced(FleetView view, Roster roster) {
    return roster.unpriced().isEmpty()
        && view.quotes().ifKnown().isPresent()
        && view.types().ifKnown().isPresent();
  }

  private static Utility wanted(FleetPolicy policy, FleetView view, Roster roster) {
    if (policy.deleting()) {
      return Utility.ZERO;
    }
    // What runs without its tag does its work all the same, so that so much less is wanted of
    // those that can be asked for anything. Where nobody knows the demand, what is there stays;
    // where some of those who ask are silent, what the others need is had all the same.
    var staying = roster.ledger().staying();
    return policy
        .demand()
        .or(
            () ->
                view.demand()
                    .ifKnown()
                    .map(all -> all.silent().isEmpty() ? all.utility() : all.utility().or(staying)))
        .map(asked -> asked.or(policy.floorNow()).less(roster.strippedUtility()))
        .orElseGet(() -> staying.or(policy.floorNow().less(roster.strippedUtility())));
  }

  private static Optional<Instant> surplus(
      Situation situation, Roster roster, Remembering remembering) {
    boolean more = roster.ledger().staying().isMoreThan(situation.wanted());
    remembering.surplusSince =
        more ? remembering.surplusSince.or(() -> Optional.of(situation.now())) : Optional.empty();
    return remembering.surplusSince;
  }

  /** A request whose cause is gone is taken back, unless it was granted: that is one-way. */
  private static boolean withdraw(Situation situation, Roster roster, Remembering remembering) {
    var budget = situation.policy().budget();
    var spend = roster.spendOf(each -> each.stays() || each.isStripped());
    var utility = roster.utilityOf(Member::stays);
    var atWork = situation.workload().map(each -> each.atWork()).ifKnown();
    boolean withdrawn = false;
    var best = new ArrayList<>(roster.own());
    best.sort(Member.WORST_FIRST.reversed());
    for (var member : best) {
      boolean works = atWork.filter(each -> each.contains(member.id())).isPresent();
      if (member.standing() == Standing.RELEASING
          && !situation.isFollowed(member.id())
          && works
          && !spend.plus(member.today()).isMoreThan(budget)
          && !utility.plus(member.utility()).isMoreThan(situation.wanted())) {
        spend = spend.plus(member.today());
        utility = utility.plus(member.utility());
        remembering.releases.remove(member.id());
        withdrawn = true;
      }
    }
    return withdrawn;
  }

  /** What was asked for and has no known outcome is asked for again, unchanged. */
  private static List<FleetAction> repeats(
      FleetPolicy policy, Remembering remembering, Instant now) {
    if (policy.paused() || !remembering.backOff.isOver(now)) {
      return List.of();
    }
    return remembering.repeated().stream()
        .map(
            each ->
                (FleetAction)
                    new FleetAction.CreateFleet(
                        each,
                        new Reason(
                            "Repeat",
                            "the outcome of purchase " + each.number() + " is not known")))
        .toList();
  }

  private Optional<FleetAction> removals(Shedding shedding, Remembering remembering, Instant now) {
    var terminate = new TreeMap<InstanceId, Reason>();
    for (var removal : shedding.removals()) {
      var member = removal.member();
      boolean asks = removal.step() == Step.RELEASE;
      if (asks) {
        remembering.releases.computeIfAbsent(
            member.id(), id -> ReleaseRequest.of(id, now, removal.because().sentence()));
      } else if (remembering.backOff.isOver(now)) {
        terminate.put(member.id(), removal.because());
        remembering.leaving.put(member.id(), now);
        asks = true;
      }
      if (removal.cause() == Cause.USELESS && member.standing() == Standing.ABSENT) {
        remembering.cool(member.pool(), CoolingTimes.NOT_JOINED, "machines that did not join");
      }
      // While EC2 is left alone nothing goes: said each time, it would drown why that is so.
      if (asks) {
        remembering.tell(removal.because());
      }
    }
    return terminate.isEmpty()
        ? Optional.empty()
        : Optional.of(new FleetAction.TerminateInstances(terminate));
  }

  private static List<FleetAction> purchases(
      Situation situation, Roster roster, Basket basket, Remembering remembering) {
    var policy = situation.policy();
    if (!remembering.backOff.isOver(situation.now())) {
      return List.of();
    }
    var actions = new ArrayList<FleetAction>();
    for (var purchase : Buying.requests(policy, basket, remembering.lastNumber, situation.now())) {
      var because =
          Sentences.bought(purchase, roster.ledger(), situation.wanted(), policy.budget());
      remembering.lastNumber = purchase.number();
      remembering.pending.add(purchase);
      remembering.tell(because);
      actions.add(new FleetAction.CreateFleet(purchase, because));
    }
    return actions;
  }
}
