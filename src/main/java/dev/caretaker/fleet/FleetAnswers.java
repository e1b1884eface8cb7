package dev.caretaker.fleet;

import dev.caretaker.fleet.FleetSummary.Excess;
import dev.caretaker.fleet.action.FleetAction;
import dev.caretaker.fleet.guard.PurchaseRule;
import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Member.Standing;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What a decision comes to, for people and for the next look. */
final class FleetAnswers {
  private static final Duration SOON = Duration.ofSeconds(5);
  private static final Duration ON_ITS_WAY = Duration.ofSeconds(15);
  private static final Duration AT_REST = Duration.ofMinutes(1);
  private static final Duration UNREAD = Duration.ofMinutes(10);

  private final Situation situation;
  private final FleetView view;
  private final Unknowns unknowns;
  private final Roster roster;
  private final List<Offer> offers;
  private final Shedding shedding;
  private final Remembering remembering;
  private final Requests requests;

  FleetAnswers(
      Situation situation,
      FleetView view,
      Roster roster,
      List<Offer> offers,
      Shedding shedding,
      Remembering remembering) {
    this.situation = situation;
    this.view = view;
    this.unknowns = new Unknowns(situation, view, roster);
    this.roster = roster;
    this.offers = offers;
    this.shedding = shedding;
    this.remembering = remembering;
    this.requests = new Requests(situation, remembering.releases.values());
  }

  /** Without the machines nothing can be said; what runs keeps running. */
  static FleetDecision blind(
      FleetPolicy policy, FleetView view, Remembering remembering, List<FleetAction> repeats) {
    var reason =
        new Reason(
            "MachinesNotRead",
            "the machines could not be read, so nothing is bought or given back: "
                + Unknowns.cause(view.machines()));
    var verdict = unread(reason, remembering.unread(true), view.readAt());
    boolean stalled = verdict.kind() == Verdict.Kind.BLOCKED;
    return new FleetDecision(
        remembering.saved(),
        verdict,
        repeats,
        List.of(
            Condition.unknown("Ready", reason.code(), reason.sentence()),
            FleetConditions.truth("Reconciling", !stalled, reason.code(), reason.sentence()),
            FleetConditions.truth("Stalled", stalled, reason.code(), reason.sentence()),
            FleetConditions.paused(policy)),
        FleetSummary.UNKNOWN,
        false);
  }

  /** A read may fail now and then; for so long only a person can help. */
  private static Verdict unread(Reason reason, Optional<Instant> since, Instant now) {
    boolean tooLong = since.filter(each -> each.plus(UNREAD).isBefore(now)).isPresent();
    return tooLong
        ? Verdict.blocked(
            reason,
            List.of(
                new Refusal(reason.code(), reason.sentence(), List.of(), "what the cause says")),
            ON_ITS_WAY)
        : Verdict.waiting(reason, ON_ITS_WAY);
  }

  FleetDecision decision(List<FleetAction> actions, Map<PurchaseRule, Integer> refusals) {
    var summary = summary();
    var verdict = verdict(summary, actions, refusals);
    var told = new FleetConditions(situation, summary, verdict, why(refusals), unknowns.demand());
    var conditions = new ArrayList<>(told.all());
    conditions.add(remembering.unaccepted().condition(!remembering.pending.isEmpty()));
    conditions.add(new SpecFit(situation.policy(), view, offers).condition());
    conditions.add(TagsTold.condition(situation.policy().id(), roster.stripped()));
    conditions.addAll(new AdviceTold(situation, roster, shedding.refusals()).conditions());
    return new FleetDecision(remembering.saved(), verdict, actions, conditions, summary, isEnded());
  }

  private FleetSummary summary() {
    var own = roster.own();
    return new FleetSummary(
        roster.spendOf(Member::costs),
        roster.ledger().exposure(),
        roster.utilityOf(Member::works),
        roster
            .ledger()
            .staying()
            .less(roster.utilityOf(member -> member.standing() == Standing.AT_WORK)),
        situation.wanted(),
        own,
        remembering.pending,
        roster.strangers().stream().map(Member::id).toList(),
        offers,
        new Overspending(situation, roster, shedding, requests).cause());
  }

  private Verdict verdict(
      FleetSummary summary, List<FleetAction> actions, Map<PurchaseRule, Integer> refusals) {
    var unread = unknowns.unread();
    var untold = unknowns.demand().or(unknowns::cluster);
    var since = remembering.unread(unread.isPresent() || untold.isPresent());
    if (unread.isPresent()) {
      return unread(new Reason("NotRead", unread.get()), since, situation.now());
    }
    if (!actions.isEmpty() || !remembering.pending.isEmpty()) {
      return Verdict.acting(acting(), SOON);
    }
    if (situation.policy().paused()) {
      var refusal =
          new Refusal("NotPaused", "spec.paused is true", List.of(), "spec.paused: false");
      return Verdict.blocked(
          new Reason("Paused", "the fleet is paused: nothing is bought or given back"),
          List.of(refusal),
          AT_REST);
    }
    if (!situation.hasSettled()) {
      return Verdict.waiting(
          new Reason(
              "Settling",
              "tags were read; nothing is bought before "
                  + situation.settledAt()
                  + ", when all that was ever asked for is visible"),
          ON_ITS_WAY);
    }
    return untold
        .map(reason -> unread(reason, since, situation.now()))
        .filter(each -> each.kind() == Verdict.Kind.BLOCKED)
        .orElseGet(() -> atRest(summary, refusals));
  }

  private Verdict atRest(FleetSummary summary, Map<PurchaseRule, Integer> refusals) {
    boolean stuckOverBudget = summary.excess().filter(Excess.STUCK::equals).isPresent();
    if (!requests.isEmpty() && !stuckOverBudget) {
      return releasing();
    }
    if (situation.policy().isEnding() && !staysBecause().isEmpty()) {
      return Verdict.blocked(
          new Reason("Ending", "the fleet is deleted, and machines stay"), staysBecause(), AT_REST);
    }
    if (summary.excess().isPresent() && summary.excess().get() != Excess.NONE) {
      return Verdict.blocked(
          new Reason("OverBudget", FleetConditions.overBudget(situation, summary)),
          shedding.refusals(),
          AT_REST);
    }
    boolean moving = roster.own().stream().anyMatch(each -> each.standing() != Standing.AT_WORK);
    if (moving || summary.excess().isPresent()) {
      return Verdict.waiting(
          new Reason("OnTheirWay", "machines come or go; " + numbers(summary)), ON_ITS_WAY);
    }
    if (situation.wanted().isMoreThan(roster.ledger().staying())) {
      var refused = remembering.unaccepted().purchases(!remembering.pending.isEmpty());
      if (refused.isPresent()) {
        return refused(refused.get());
      }
      return Verdict.settled(new Reason("LessThanWanted", why(refusals)), AT_REST);
    }
    return Verdict.settled(new Reason("AsWanted", numbers(summary)), AT_REST);
  }

  private Verdict releasing() {
    var asked = "asked of the cluster: " + requests.ids();
    if (!requests.areStuck()) {
      return Verdict.waiting(new Reason("Releasing", asked), ON_ITS_WAY);
    }
    var sentence = "the cluster does not begin to let go of what it is " + asked;
    var refusal =
        new Refusal(
            "ReleaseStuck", sentence, List.of(), "what status.conditions of the EsCluster say");
    return Verdict.blocked(new Reason("ReleaseStuck", sentence), List.of(refusal), AT_REST);
  }

  /** What keeps the machines of a fleet that ends. */
  private List<Refusal> staysBecause() {
    var refusals = new ArrayList<>(shedding.refusals());
    TagsTold.refusal(situation.policy().id(), roster.stripped()).ifPresent(refusals::add);
    return refusals;
  }

  /** Time alone does not help, so that somebody has to be told. */
  private static Verdict refused(Reason reason) {
    var refusal =
        new Refusal(reason.code(), reason.sentence(), List.of(), "what the sentence says");
    return Verdict.blocked(reason, List.of(refusal), AT_REST);
  }

  private String numbers(FleetSummary summary) {
    return String.format(
        "%s of %s utility at work for %s of %s USD/h",
        summary.running(), summary.wanted(), summary.spend(), situation.policy().budget());
  }

  private Reason acting() {
    var last = remembering.saved().decisions();
    return last.isEmpty() || last.get(0).at().isBefore(situation.now())
        ? new Reason("Repeating", "the outcome of an earlier purchase is not known yet")
        : last.get(0).reason();
  }

  /** Why no more is bought: each rule with the pools that it refuses, the most first. */
  private String why(Map<PurchaseRule, Integer> refusals) {
    if (offers.isEmpty()) {
      return "no pool has a price, a subnet and a utility: look at spec.machines and spec.subnets";
    }
    var counts = new TreeMap<Integer, List<PurchaseRule>>();
    refusals.forEach(
        (rule, count) -> counts.computeIfAbsent(count, key -> new ArrayList<>()).add(rule));
    var parts =
        counts.descendingMap().entrySet().stream()
            .flatMap(entry -> entry.getValue().stream().map(rule -> part(rule, entry.getKey())))
            .collect(Collectors.joining("; "));
    return String.format(
        "%s of %s utility; of %d pools %s",
        roster.ledger().staying(), situation.wanted(), offers.size(), parts);
  }

  private String part(PurchaseRule rule, int count) {
    return count + " " + rule.refusal(situation) + " (" + rule.liftedBy(situation) + ")";
  }

  private boolean isEnded() {
    var policy = situation.policy();
    if (!policy.deleting() || !remembering.pending.isEmpty()) {
      return false;
    }
    boolean nothingLeft =
        roster.own().isEmpty() && roster.stripped().isEmpty() && remembering.expected.isEmpty();
    return !policy.isEnding() || (situation.hasSettled() && nothingLeft);
  }
}
