package dev.caretaker.plan;

import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.FleetDecision;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.action.FleetAction;
import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Condition.Truth;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Makes the plan of a fleet: the decision that the operator would make of the same view. */
public final class FleetForecast {
  /** Longer than anything that a decision waits for before it acts. */
  private static final Duration LONG = Duration.ofHours(1);

  /** Conditions and the value that tells of a trouble. */
  private static final Map<String, Truth> TROUBLES =
      Map.of(
          "WithinBudget", Truth.FALSE,
          "DemandMet", Truth.FALSE,
          "FloorReached", Truth.FALSE,
          "SpecFits", Truth.FALSE,
          "Concentrated", Truth.TRUE);

  private final FleetDecider decider;

  public FleetForecast(FleetDecider decider) {
    this.decider = decider;
  }

  /**
   * Plans.
   *
   * @param name of the fleet, for people
   * @param stored what the resource's status remembers; empty where there is none, or it is not
   *     known: then the tags count as read long ago
   * @param view in which at least the machines are known
   * @param basis what was taken for granted so far
   */
  public FleetPlan plan(
      String name,
      FleetPolicy policy,
      FleetView view,
      Optional<FleetProgress> stored,
      List<String> basis) {
    var now = view.readAt();
    var before = remembered(stored, now);
    var decision = decider.decide(policy, view, before, List.of(), now);
    var buys = buys(decision);
    var leaves = leaves(decision, before);
    var there = sum(decision.summary().members(), List.of());
    var then = then(decision, buys, leaves);
    return new FleetPlan(
        name,
        decision.verdict(),
        decision.verdict().kind() == Verdict.Kind.BLOCKED
            ? decision.verdict().refusals()
            : List.of(),
        buys,
        leaves,
        there,
        then,
        decision.summary().wanted(),
        policy.budget(),
        concerns(decision, policy, then.utility()),
        basis(basis, leaves));
  }

  /** A surplus goes once it has stood for a while; whoever plans wants to see that it goes. */
  private static FleetProgress remembered(Optional<FleetProgress> stored, Instant now) {
    var before = stored.orElse(FleetProgress.NONE);
    return new FleetProgress(
        stored.isPresent() ? before.knownSince() : Optional.of(now.minus(Situation.SETTLING)),
        before.lastNumber(),
        before.pending(),
        before.expected(),
        before.leaving(),
        before.outgoing(),
        before.away(),
        before.releases(),
        before.advised(),
        before.cooling(),
        before.backOff(),
        Optional.of(now.minus(LONG)),
        before.unreadSince(),
        before.decisions());
  }

  private static List<FleetPlan.Buy> buys(FleetDecision decision) {
    var buys = new ArrayList<FleetPlan.Buy>();
    for (var action : decision.actions()) {
      if (action instanceof FleetAction.CreateFleet create) {
        buys.add(new FleetPlan.Buy(create.purchase(), create.because()));
      }
    }
    return buys;
  }

  private static List<FleetPlan.Leave> leaves(FleetDecision decision, FleetProgress before) {
    var members = new HashMap<InstanceId, Member>();
    decision.summary().members().forEach(each -> members.put(each.id(), each));
    var leaves = new ArrayList<FleetPlan.Leave>();
    for (var action : decision.actions()) {
      if (action instanceof FleetAction.TerminateInstances terminate) {
        terminate
            .machines()
            .forEach(
                (id, because) ->
                    Optional.ofNullable(members.get(id))
                        .map(each -> new FleetPlan.Leave(each, true, because))
                        .ifPresent(leaves::add));
      }
    }
    asked(decision, before)
        .forEach(
            (id, because) ->
                Optional.ofNullable(members.get(id))
                    .map(each -> new FleetPlan.Leave(each, false, because))
                    .ifPresent(leaves::add));
    return leaves;
  }

  /** What the cluster was not asked before. */
  private static SortedMap<InstanceId, Reason> asked(FleetDecision decision, FleetProgress before) {
    var asked = new TreeMap<InstanceId, Reason>();
    decision
        .progress()
        .releases()
        .forEach((id, request) -> asked.put(id, new Reason("Release", request.because())));
    asked.keySet().removeAll(before.releases().keySet());
    return asked;
  }

  private static FleetPlan.Sum then(
      FleetDecision decision, List<FleetPlan.Buy> buys, List<FleetPlan.Leave> leaves) {
    var going = leaves.stream().map(FleetPlan.Leave::member).map(Member::id).toList();
    var staying =
        decision.summary().members().stream()
            .filter(each -> each.stays() && !going.contains(each.id()))
            .toList();
    return sum(staying, buys.stream().map(FleetPlan.Buy::purchase).toList());
  }

  private static FleetPlan.Sum sum(List<Member> members, List<Purchase> purchases) {
    int count = members.size();
    var utility = Utility.ZERO;
    var spend = UsdPerHour.ZERO;
    for (var member : members) {
      utility = utility.plus(member.utility());
      spend = spend.plus(member.today());
    }
    for (var purchase : purchases) {
      count += purchase.count();
      utility = utility.plus(purchase.utility());
      spend = spend.plus(purchase.total());
    }
    return new FleetPlan.Sum(count, utility, spend);
  }

  /** What the plan itself mends is no trouble. */
  private static List<Condition> concerns(
      FleetDecision decision, FleetPolicy policy, Utility then) {
    boolean enough = !decision.summary().wanted().isMoreThan(then);
    boolean above = !policy.floorNow().isMoreThan(then);
    return decision.conditions().stream()
        .filter(each -> each.truth() == TROUBLES.get(each.type()))
        .filter(each -> !(enough && each.type().equals("DemandMet")))
        .filter(each -> !(above && each.type().equals("FloorReached")))
        .toList();
  }

  private static List<String> basis(List<String> given, List<FleetPlan.Leave> leaves) {
    var basis = new ArrayList<>(given);
    if (leaves.stream().anyMatch(each -> each.because().code().equals("Surplus"))) {
      basis.add("what is more than wanted goes when that has stood for ten minutes");
    }
    return basis;
  }
}
