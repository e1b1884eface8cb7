package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.model.Pool;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.SpotMachine;
import dev.caretaker.world.market.SpotMachine.Tags;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What markets do and what people want, at random. */
final class FleetTroubles {
  private final Market market;
  private final FleetWishes wishes;
  private final Fate fate;
  private final Auditor auditor;
  private final Complaints complaints;
  private final Map<Instant, List<Runnable>> planned = new TreeMap<>();
  private final UsdPerHour budget;
  private final Utility demand;

  FleetTroubles(
      Market market, FleetWishes wishes, Fate fate, Auditor auditor, Complaints complaints) {
    this.market = market;
    this.wishes = wishes;
    this.fate = fate;
    this.auditor = auditor;
    this.complaints = complaints;
    this.budget = wishes.budget;
    this.demand = wishes.demand;
  }

  void tick() {
    var due = planned.keySet().stream().filter(at -> !at.isAfter(market.instant())).toList();
    due.forEach(at -> planned.getOrDefault(at, List.of()).forEach(Runnable::run));
    due.forEach(planned::remove);
    if (fate.happens(fate.chances().market())) {
      marketMoves();
    }
    if (fate.happens(fate.chances().wishes())) {
      wish();
    }
  }

  /** Nothing is in the way any more; whether the resource goes is settled too. */
  void end() {
    planned.clear();
    market.prices().pools().forEach(market::unlimited);
    market.quota(Integer.MAX_VALUE);
    market.permitted(true);
    wishes.paused = false;
    market.machines().forEach(this::seeTo);
    if (fate.between(0, 5) == 0) {
      wishes.deleting = true;
      auditor.log("the resource is deleted");
    }
  }

  private void marketMoves() {
    var pools = List.copyOf(market.prices().pools());
    var pool = fate.oneOf(pools);
    switch (fate.between(0, 14)) {
      case 0, 1, 2 -> move(pool, pools);
      case 3 -> market.capacity(pool, 0);
      case 4 -> market.capacity(pool, fate.between(1, 6));
      case 5, 6 -> storm(pool, fate.between(0, 3) > 0);
      case 9, 10 -> advise(pool, fate.happens(0.5));
      case 11, 12 -> complain(pool);
      case 7 -> {
        auditor.log("a stranger starts " + pool);
        market.stranger(pool);
      }
      case 14 -> takeTags(pool);
      case 8 -> {
        market.quota(fate.between(1, 12));
        later(fate.between(60, 900), () -> market.quota(Integer.MAX_VALUE));
      }
      default -> {
        market.permitted(false);
        later(fate.between(60, 600), () -> market.permitted(true));
      }
    }
  }

  /** One pool, or all of a type: prices move together. */
  private void move(Pool pool, List<Pool> pools) {
    double factor = fate.between(0, 3) == 0 ? fate.between(1.5, 2.5) : fate.between(0.8, 1.25);
    boolean together = fate.happens(0.5);
    for (var each : pools) {
      if (each.equals(pool) || (together && each.type().equals(pool.type()))) {
        market
            .prices()
            .at(each, market.instant())
            .ifPresent(price -> set(each, price.dollars() * factor));
      }
    }
    auditor.log("prices of " + pool + (together ? " and its type" : "") + " move by " + factor);
  }

  private void set(Pool pool, double dollars) {
    market
        .prices()
        .set(pool, market.instant(), FleetScenario.usd(Math.min(2, Math.max(0.002, dollars))));
  }

  /** More than nine of ten interruptions that come together hit one type in one zone. */
  private void storm(Pool pool, boolean withNotice) {
    for (var machine : market.machines()) {
      boolean hit = machine.pool().equals(pool) ? fate.happens(0.8) : fate.happens(0.03);
      if (machine.isAlive() && machine.fleet().isPresent() && hit) {
        later(fate.between(0, 180), () -> take(machine, withNotice));
      }
    }
  }

  /** As EC2 does some minutes before it takes machines, and as often for nothing. */
  private void advise(Pool pool, boolean inEarnest) {
    for (var machine : market.machines()) {
      boolean hit = machine.pool().equals(pool) ? fate.happens(0.8) : fate.happens(0.1);
      if (machine.isAlive() && machine.fleet().isPresent() && hit) {
        later(fate.between(0, 60), () -> advise(machine));
        if (inEarnest) {
          later(fate.between(60, 1500), () -> take(machine, true));
        }
      }
    }
  }

  private void advise(SpotMachine machine) {
    auditor.log("EC2 recommends to move off " + machine.id());
    machine.advise(market.instant());
  }

  /** Somebody who tidies up: for one machine, or for a whole pool. */
  private void takeTags(Pool pool) {
    boolean whole = fate.happens(0.3);
    for (var machine : market.machines()) {
      boolean tagged = machine.tags(market.instant()) == Tags.FLEET;
      if (machine.isAlive() && machine.pool().equals(pool) && tagged) {
        auditor.log("somebody takes the tag of " + machine.id());
        machine.tag(market.instant(), Tags.PURCHASE);
        later(fate.between(60, 7200), () -> seeTo(machine));
        if (!whole) {
          return;
        }
      }
    }
  }

  /** What people are told to do with a machine without a tag, or nothing of it. */
  private void seeTo(SpotMachine machine) {
    if (machine.tags(market.instant()) != Tags.PURCHASE) {
      return;
    }
    switch (fate.between(0, 2)) {
      case 0 -> {
        auditor.log("somebody gives " + machine.id() + " its tag again");
        machine.tag(market.instant(), Tags.FLEET);
      }
      case 1 -> {
        auditor.log("somebody sees to " + machine.id() + " himself");
        machine.tag(market.instant(), Tags.NONE);
      }
      default -> auditor.log(machine.id() + " runs on without its tag");
    }
  }

  /** One machine, or a whole pool whose image is a bad one. */
  private void complain(Pool pool) {
    boolean whole = fate.happens(0.3);
    for (var machine : market.machines()) {
      boolean hit = whole ? machine.pool().equals(pool) : fate.happens(0.15);
      if (machine.isRunning(market.instant()) && machine.fleet().isPresent() && hit) {
        auditor.log("a pipeline cannot use " + machine.id());
        complaints.say(machine.id());
        if (fate.happens(0.3)) {
          later(fate.between(30, 3600), () -> complaints.takeBack(machine.id()));
        }
      }
    }
  }

  private void take(SpotMachine machine, boolean withNotice) {
    auditor.log(
        "EC2 interrupts " + machine.id() + (withNotice ? " with notice" : " without notice"));
    market.interrupt(machine, withNotice);
  }

  private void later(int seconds, Runnable what) {
    planned
        .computeIfAbsent(market.instant().plusSeconds(seconds), at -> new ArrayList<>())
        .add(what);
  }

  private void wish() {
    switch (fate.between(0, 5)) {
      case 0, 1 -> wishes.budget = new UsdPerHour(budget.nanos() / fate.between(1, 4));
      case 2 -> wishes.demand = new Utility(demand.thousandths() / fate.between(1, 4));
      case 3 -> wishes.demand = fate.between(0, 3) == 0 ? Utility.ZERO : demand;
      case 4 -> wishes.floor = new Utility(wishes.floor.thousandths() / 2);
      default -> {
        wishes.paused = !wishes.paused;
      }
    }
    auditor.log(
        "the spec says: budget "
            + wishes.budget
            + ", demand "
            + wishes.demand
            + ", floor "
            + wishes.floor
            + (wishes.paused ? ", paused" : ""));
  }
}
