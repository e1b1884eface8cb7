package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.FleetDecision;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.guard.Situation;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.FleetPolicy.Shrink;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.SpotMachine;
import dev.caretaker.world.market.SpotNodes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** Sees every deed at the moment it is done, and counts with numbers of his own. */
final class Auditor {
  private static final double EPSILON = 1e-6;

  private final long seed;
  private final Market market;
  private final SpotNodes nodes;
  private final Supplier<FleetPolicy> spec;
  private final Purchases purchases;
  private final Replacements replacements;
  private final Set<String> blamed = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private final List<String> timeline = new ArrayList<>();
  private final long start;

  Auditor(
      long seed,
      Market market,
      SpotNodes nodes,
      Supplier<FleetPolicy> spec,
      Complaints complaints) {
    this.seed = seed;
    this.market = market;
    this.nodes = nodes;
    this.spec = spec;
    this.purchases = new Purchases(this, market);
    this.replacements = new Replacements(this, market, complaints);
    this.start = market.instant().getEpochSecond();
  }

  List<String> violations() {
    return violations;
  }

  List<String> timeline() {
    return timeline;
  }

  void log(String line) {
    timeline.add((market.instant().getEpochSecond() - start) + " " + line);
  }

  void blame(String invariant, String explanation) {
    if (blamed.add(invariant)) {
      log("VIOLATION " + invariant + ": " + explanation);
      violations.add(
          String.format(
              "seed=%d second=%d %s: %s",
              seed, market.instant().getEpochSecond() - start, invariant, explanation));
    }
  }

  private Truth truth() {
    return new Truth(market, spec.get());
  }

  /** What is saved is about to be done. */
  void saves(FleetProgress before, FleetProgress after) {
    purchases.audit(spec.get(), before, after);
    replacements.audit(spec.get(), before, after);
    var asked = new TreeSet<>(after.releases().keySet());
    asked.removeAll(before.releases().keySet());
    if (!asked.isEmpty()) {
      releases(asked, after);
    }
  }

  private void releases(Set<InstanceId> asked, FleetProgress after) {
    leaves(asked);
    var working = new TreeSet<>(nodes.atWork());
    if (asked.stream().noneMatch(working::contains) || spec.get().isEnding()) {
      return;
    }
    truth().believed().stream()
        .filter(each -> truth().diedLately(each))
        .forEach(each -> working.add(each.id()));
    working.removeAll(after.releases().keySet());
    if (working.size() < nodes.leastMachines()) {
      blame("AskedBelowShelter", asked + ", and only " + working + " are at work besides");
    }
    keepsTheFloor(working);
  }

  private void keepsTheFloor(Set<InstanceId> working) {
    double left =
        truth()
            .utility(
                truth().believed().stream().filter(each -> working.contains(each.id())).toList());
    if (left < spec.get().floor().amount() - EPSILON) {
      blame("BelowFloor", left + " stay of the floor of " + spec.get().floor());
    }
  }

  /** What holds for asking the workload and for asking EC2. */
  private void leaves(Set<InstanceId> ids) {
    for (var id : ids) {
      if (!truth().isOurs(id)) {
        blame("Foreign", id + " is not a machine of this fleet");
      }
    }
    if (spec.get().paused()) {
      blame("Paused", "gives back " + ids + " though paused");
    }
    if (spec.get().shrink() == Shrink.NEVER && !spec.get().isEnding()) {
      ids.stream()
          .filter(this::works)
          .forEach(id -> blame("Shrunk", id + " goes though the spec says never"));
    }
  }

  private boolean works(InstanceId id) {
    return spec.get().stateful()
        ? nodes.isAtWork(id)
        : market.machine(id).filter(each -> each.isRunning(market.instant())).isPresent();
  }

  /** For so long that even an old answer of EC2 shows it. */
  private boolean hasWorked(InstanceId id) {
    var then = market.instant().minusSeconds(FaultyMarket.LATE);
    return market.machine(id).filter(each -> each.isRunning(then)).isPresent();
  }

  void terminates(Set<InstanceId> ids, FleetProgress saved) {
    leaves(ids);
    if (spec.get().stateful()) {
      ids.stream()
          .filter(id -> !nodes.isReleased(id))
          .forEach(id -> blame("Unreleased", id + " is terminated and was not released"));
      return;
    }
    if (spec.get().isEnding() || ids.stream().noneMatch(this::hasWorked)) {
      return;
    }
    var working = new TreeSet<InstanceId>();
    truth().believed().stream()
        .filter(each -> works(each.id()) || truth().diedLately(each))
        .filter(each -> !saved.leaving().containsKey(each.id()) && !ids.contains(each.id()))
        .forEach(each -> working.add(each.id()));
    keepsTheFloor(working);
  }

  /** An answer that reached the operator. */
  void answered(Purchase purchase, PurchaseAnswer answer) {
    boolean full =
        answer.errors().stream().anyMatch(each -> each.kind() == PurchaseError.Kind.CAPACITY);
    if (full) {
      purchases.isFull(purchase.pool());
    }
  }

  /** A lost status; a process that ends loses less. */
  void statusIsLost() {
    replacements.forget();
    operatorForgets();
  }

  void operatorForgets() {
    purchases.forget();
  }

  /** After a pass in which nothing went wrong: what is too much was asked to go. */
  void passed(FleetDecision decision) {
    var policy = spec.get();
    var saved = decision.progress();
    boolean excused =
        policy.paused()
            || policy.deleting()
            || policy.shrink() == Shrink.NEVER
            || decision.verdict().reason().code().equals("NotRead")
            || saved.backOff().until().isAfter(market.instant())
            || saved
                .knownSince()
                .filter(at -> at.plus(Situation.SETTLING).isAfter(market.instant()))
                .isPresent();
    if (excused) {
      return;
    }
    var truth = truth();
    var known =
        truth.unasked(saved).stream()
            .filter(each -> each.isVisible(market.instant()))
            .filter(each -> each.launchedAt().isBefore(market.instant()))
            .filter(each -> !nodes.isReleased(each.id()))
            .toList();
    double spend = known.stream().mapToDouble(each -> truth.price(each.pool())).sum();
    if (spend > policy.budget().dollars() + EPSILON) {
      known.stream()
          .filter(truth::isTagged)
          .filter(each -> couldGo(each, known))
          .findFirst()
          .ifPresent(
              each -> blame("OverBudget", spend + " of " + policy.budget() + ": " + each.id()));
    }
  }

  private boolean couldGo(SpotMachine machine, List<SpotMachine> known) {
    double floor = spec.get().floor().amount();
    var rest =
        known.stream().filter(each -> !each.equals(machine) && truth().isTagged(each)).toList();
    if (!works(machine.id())) {
      return truth().utility(rest) >= floor;
    }
    var others = rest.stream().filter(each -> works(each.id())).toList();
    boolean sheltered = !spec.get().stateful() || others.size() >= nodes.leastMachines();
    return sheltered && truth().utility(others) >= floor;
  }

  /** What is left when nothing is in the way any more. */
  void atTheEnd(FleetDecision decision) {
    var policy = spec.get();
    var leftovers = new Leftovers(this, market, nodes, policy);
    if (!policy.deleting() || policy.isEnding()) {
      leftovers.audit(decision);
    }
    if (!policy.deleting()) {
      replacements.atTheEnd(policy, leftovers.isSheltered());
    }
  }
}
