package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.Backfill.Order;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.world.pipeline.Platform;
import dev.caretaker.world.pipeline.PlatformTables;
import java.time.Duration;
import java.util.Optional;

/** How people change the spec, at random. */
final class Whims {
  private final Platform platform;
  private final PipelineScenario scenario;
  private final Wishes wishes;
  private final Dice dice;
  private final Journal journal;
  private final Producer producer;
  private final int atOnce;

  Whims(
      Platform platform, PipelineScenario scenario, Dice dice, Journal journal, Producer producer) {
    this.platform = platform;
    this.scenario = scenario;
    this.wishes = scenario.wishes;
    this.dice = dice;
    this.journal = journal;
    this.producer = producer;
    this.atOnce = wishes.atOnce;
  }

  void tick() {
    if (!dice.happens(dice.odds().wishes()) || wishes.deleting) {
      return;
    }
    switch (dice.between(0, 14)) {
      case 0, 1 -> say("running " + (wishes.running = !wishes.running));
      case 2, 3 -> say("paused " + (wishes.paused = !wishes.paused));
      case 4, 5, 6, 7 -> revision();
      case 8 -> secondTable();
      case 9, 10 -> backfill();
      case 11 -> mapping();
      case 12 -> periods();
      case 13 -> say("at once " + (wishes.atOnce = dice.between(1, 4)));
      default -> leave();
    }
  }

  private void say(String what) {
    journal.log("the spec says: " + what);
    wishes.change(platform.instant());
  }

  private void revision() {
    boolean knowsBoth = wishes.tables.size() > 1;
    int number = knowsBoth ? dice.between(5, 8) : dice.between(1, 4);
    wishes.revision = new Revision("r" + (dice.between(0, 5) == 0 ? 404 : number));
    say("revision " + wishes.revision);
  }

  /** A table and the code that writes to it come in one commit. */
  private void secondTable() {
    if (wishes.tables.size() == 1) {
      wishes.tables.add(scenario.table(Wishes.SECOND));
      wishes.revision = new Revision("r5");
      say("a second table, and revision r5");
    }
  }

  private void backfill() {
    var order = dice.happens(0.5) ? Order.NEWEST_FIRST : Order.OLDEST_FIRST;
    var from = scenario.start.minus(Duration.ofHours(dice.between(5, 80)));
    wishes.backfill =
        Optional.of(
            new Backfill(
                Wishes.BUCKET,
                "b-",
                from,
                scenario.start,
                order,
                dice.between(3, 20),
                dice.between(0, 40)));
    say("backfill from " + from);
  }

  private void mapping() {
    var before = wishes.tables.get(0);
    var text =
        dice.happens(0.4) ? PlatformTables.BAD_MAPPING : "{\"v\":" + dice.between(1, 9) + "}";
    wishes.tables.set(0, with(before, before.rollover(), text));
    say("mapping " + text);
  }

  private void periods() {
    var before = wishes.tables.get(0);
    var longer = before.rollover().multipliedBy(dice.between(1, 4)).dividedBy(2);
    wishes.tables.set(0, with(before, longer, before.mapping()));
    say("an index holds " + longer);
  }

  private static Table with(Table table, Duration rollover, String mapping) {
    return new Table(
        table.alias(),
        rollover,
        table.keep(),
        table.shards(),
        table.replicas(),
        mapping,
        table.snapshot());
  }

  /** Who deletes a pipeline stops those who fill its queue. */
  private void leave() {
    if (dice.happens(0.3)) {
      wishes.deleting = true;
      if (dice.happens(0.8)) {
        producer.stop();
      }
      say("the resource is deleted: " + wishes.deletion);
    }
  }

  /** In the end the spec can be met. */
  void end() {
    wishes.running = true;
    wishes.paused = false;
    wishes.atOnce = atOnce;
    wishes.revision = new Revision("r9");
    wishes.restartedAt = Optional.of(platform.instant());
    var first = wishes.tables.get(0);
    wishes.tables.set(0, with(first, first.rollover(), "{\"properties\":{}}"));
    platform.bucket(Wishes.BUCKET, BucketState.USABLE);
    if (!wishes.create && platform.queue(Wishes.QUEUE).isEmpty() && !wishes.deleting) {
      PipelineScenario.makeQueues(platform, wishes);
    }
    if (wishes.tables.size() == 1) {
      wishes.tables.add(scenario.table(Wishes.SECOND));
    }
    if (!wishes.deleting && dice.between(0, 5) == 0) {
      wishes.deleting = true;
      producer.stop();
    }
    say("revision r9, two tables, running" + (wishes.deleting ? ", deleted" : ""));
  }
}
