package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.world.pipeline.Engine;
import dev.caretaker.world.pipeline.Platform;
import dev.caretaker.world.pipeline.SimIndex;
import dev.caretaker.world.pipeline.WorkMachine;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** What machines, clusters, money and people do to a pipeline, at random. */
final class Troubles {
  private static final Duration SNAPSHOTS = Duration.ofMinutes(15);

  private final Platform platform;
  private final Wishes wishes;
  private final Dice dice;
  private final Journal journal;
  private final Ledger ledger;
  private final Promises promises;
  private final Producer producer;
  private final Utility most;
  private final Map<Instant, List<Runnable>> planned = new TreeMap<>();
  private boolean snapshots = true;
  private Instant nextSnapshot;

  Troubles(
      Platform platform,
      Wishes wishes,
      Dice dice,
      Journal journal,
      Ledger ledger,
      Promises promises,
      Producer producer) {
    this.platform = platform;
    this.wishes = wishes;
    this.dice = dice;
    this.journal = journal;
    this.ledger = ledger;
    this.promises = promises;
    this.producer = producer;
    this.most = wishes.max;
    this.nextSnapshot = platform.instant();
  }

  void tick() {
    var due = planned.keySet().stream().filter(at -> !at.isAfter(platform.instant())).toList();
    due.forEach(at -> planned.getOrDefault(at, List.of()).forEach(Runnable::run));
    due.forEach(planned::remove);
    snapshots();
    if (dice.happens(dice.odds().trouble())) {
      trouble();
    }
  }

  void snapshots() {
    if (snapshots && !nextSnapshot.isAfter(platform.instant()) && engine().serving) {
      engine().snapshot(platform.instant());
      nextSnapshot = platform.instant().plus(SNAPSHOTS);
    }
  }

  private Engine engine() {
    return platform.engine();
  }

  private void trouble() {
    switch (dice.between(0, 8)) {
      case 0 -> machine(this::vanishes);
      case 1 -> machine(this::falls);
      case 2, 3 -> machine(this::program);
      case 4 -> money();
      case 5 -> cluster();
      case 6 -> queue();
      case 7 -> indices();
      default -> sharing();
    }
  }

  private void machine(Consumer<WorkMachine> what) {
    var machines = platform.supply().machines();
    if (!machines.isEmpty()) {
      what.accept(dice.oneOf(machines));
    }
  }

  private void vanishes(WorkMachine machine) {
    journal.log("EC2 takes " + machine.id());
    machine.die();
    if (dice.between(0, 3) == 0) {
      platform.supply().machines().stream()
          .filter(each -> dice.happens(0.5))
          .forEach(WorkMachine::die);
    }
  }

  private void falls(WorkMachine machine) {
    int minutes = dice.between(1, 25);
    journal.log(machine.id() + " gives no answer for " + minutes + " minutes");
    machine.silence(platform.instant().plus(Duration.ofMinutes(minutes)));
  }

  private void program(WorkMachine machine) {
    switch (dice.between(0, 4)) {
      case 0 -> {
        journal.log("a person stops the program of " + machine.id());
        machine.stop();
      }
      case 1 -> {
        journal.log("a person starts the program of " + machine.id());
        if (machine.isAtWork(platform.instant()) && !machine.runs()) {
          machine.start(platform.instant());
        }
      }
      case 2 -> {
        journal.log("the program of " + machine.id() + " ends");
        machine.fail();
      }
      case 3 -> {
        journal.log("the disk of " + machine.id() + " fills");
        machine.fill(0.95);
      }
      default ->
          platform
              .supply()
              .image(
                  dice.happens(0.3)
                      ? Optional.empty()
                      : Optional.of(new Revision("r" + dice.between(1, 3))));
    }
  }

  private void money() {
    var less = new Utility(most.thousandths() * dice.between(0, 3) / 4);
    journal.log("the budget buys " + less + " for a while");
    platform.supply().afford(less);
    later(dice.between(20, 90), () -> platform.supply().afford(most));
  }

  private void cluster() {
    switch (dice.between(0, 3)) {
      case 0 -> {
        journal.log("the cluster does not serve");
        engine().serving = false;
        later(dice.between(3, 20), () -> engine().serving = true);
      }
      case 1 -> {
        journal.log("the cluster recovers");
        engine().recovering = true;
        later(dice.between(10, 40), () -> engine().recovering = false);
      }
      default -> {
        journal.log("an incident is open");
        engine().holding = Optional.of("an Incident is open");
        later(dice.between(5, 30), () -> engine().holding = Optional.empty());
      }
    }
  }

  private void queue() {
    switch (dice.between(0, 3)) {
      case 0, 1 -> {
        int times = dice.between(3, 8);
        journal.log("a burst of " + times + " times as much");
        producer.burst(times, platform.instant().plus(Duration.ofMinutes(dice.between(3, 15))));
      }
      case 2 -> {
        journal.log("CloudWatch is late");
        platform.cloudWatchLate = Duration.ofMinutes(dice.between(4, 60));
        later(dice.between(10, 60), () -> platform.cloudWatchLate = Duration.ofMinutes(2));
      }
      default -> platform.queue(Wishes.QUEUE).ifPresent(queue -> queue.change(retention()));
    }
  }

  private QueueAttributes retention() {
    var attributes = wishes.attributes;
    var other = attributes.retention().multipliedBy(dice.between(3, 8)).dividedBy(4);
    journal.log("a person changes the retention to " + other);
    promises.changedByHand();
    return new QueueAttributes(other, attributes.visibility(), attributes.deadLetter());
  }

  private void indices() {
    var alias = dice.oneOf(wishes.tables).alias();
    switch (dice.between(0, 5)) {
      case 0 -> {
        journal.log("a person makes an index like " + alias);
        engine().create(new TableName(""), alias + "-old", platform.instant());
      }
      case 1 -> {
        journal.log("a person gives the alias " + alias + " to an index of another name");
        engine().create(alias, alias + "_legacy", platform.instant()).give(alias, false);
      }
      case 2 -> {
        journal.log("a person takes the alias " + alias + " away");
        ledger.aliasIsTaken();
        engine().written(alias).ifPresent(SimIndex::strip);
      }
      case 3 -> {
        journal.log("a person deletes the template of " + alias);
        engine().dropTemplate(alias);
      }
      default -> {
        journal.log("nobody makes snapshots, and old documents of " + alias + " are corrected");
        engine().carrying(alias).stream()
            .filter(each -> !each.isWritten())
            .forEach(each -> each.write(platform.instant()));
        snapshots = false;
        later(dice.between(30, 120), () -> snapshots = true);
      }
    }
  }

  private void sharing() {
    if (dice.happens(0.2)) {
      journal.log("another resource names the queue");
      wishes.others = List.of("default/older");
      later(dice.between(5, 30), () -> wishes.others = List.of());
      return;
    }
    machine(
        machine -> {
          journal.log(machine.id() + " is another pipeline's");
          machine.assign(false);
          later(dice.between(3, 40), () -> machine.assign(true));
        });
  }

  private void later(int minutes, Runnable what) {
    planned
        .computeIfAbsent(
            platform.instant().plus(Duration.ofMinutes(minutes)), at -> new ArrayList<>())
        .add(what);
  }

  /** Nothing is in the way any more, and people have put right what was theirs. */
  void end() {
    planned.clear();
    platform.supply().afford(most);
    platform.supply().image(Optional.empty());
    platform.cloudWatchLate = Duration.ofMinutes(2);
    engine().serving = true;
    engine().recovering = false;
    engine().holding = Optional.empty();
    snapshots = true;
    wishes.others = List.of();
    for (var machine : platform.supply().machines()) {
      machine.silence(Instant.MIN);
      machine.assign(true);
      machine.tellsStart(true);
      if (machine.runningJob().isPresent()) {
        machine.killJob();
      }
      if (!wishes.caresForDisk) {
        machine.fill(0.3);
      }
    }
    platform.queue(Wishes.QUEUE).ifPresent(queue -> queue.change(wishes.attributes));
  }

  /** People look into what looks like a table and is none. */
  void sweep() {
    for (var table : wishes.tables) {
      var alias = table.alias();
      var template = engine().template(alias);
      boolean inForce = template.filter(Engine.fingerprint(table)::equals).isPresent();
      boolean begins = engine().written(alias).isEmpty() && !inForce;
      engine().indices().stream()
          .filter(each -> each.name().startsWith(alias.value()) && !each.isNamed())
          .filter(each -> begins || !each.name().matches(alias + "\\d{8}_\\d{6}"))
          .map(SimIndex::name)
          .toList()
          .forEach(engine()::remove);
    }
  }
}
