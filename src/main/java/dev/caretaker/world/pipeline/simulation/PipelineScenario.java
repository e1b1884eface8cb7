package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueAttributes.DeadLetter;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import dev.caretaker.world.pipeline.Chance;
import dev.caretaker.world.pipeline.Habit;
import dev.caretaker.world.pipeline.Platform;
import dev.caretaker.world.pipeline.Witness;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SplittableRandom;

/** A random platform and a random spec for it, by seed. */
final class PipelineScenario {
  private static final Instant START = Instant.parse("2026-11-20T00:00:00Z");

  /** Code up to here knows the first table only. */
  private static final int KNOWS_SECOND = 5;

  private static final int REVISIONS = 9;

  final Instant start;
  final Odds odds;
  final Wishes wishes;
  final Habit habit;
  final Duration troubledFor;
  final double perHour;
  final Utility machine;
  private final SplittableRandom random;

  PipelineScenario(long seed) {
    this.random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L);
    this.start = START.plusSeconds(random.nextInt(7200));
    this.odds = Odds.random(random);
    this.troubledFor = Duration.ofMinutes(90 + random.nextInt(150));
    this.perHour = 20 + random.nextInt(60);
    this.machine = Utility.of(1 + random.nextInt(3));
    double pace = 15 + random.nextInt(25);
    this.wishes = wishes(pace);
    this.habit =
        new Habit(
            pace,
            random.nextInt(2) * (3 + random.nextInt(6)),
            wishes.attributes.deadLetter().isPresent() ? random.nextInt(2) * 40 : 0,
            Wishes.QUEUE,
            PipelineScenario::knows);
  }

  /** Tables that a revision writes to. */
  private static List<TableName> knows(Revision revision) {
    int number = Integer.parseInt(revision.value().substring(1));
    return number < KNOWS_SECOND ? List.of(Wishes.FIRST) : List.of(Wishes.FIRST, Wishes.SECOND);
  }

  SplittableRandom chances() {
    return random.split();
  }

  private Wishes wishes(double pace) {
    var made = new Wishes();
    var retention = Duration.ofMinutes(100 + random.nextInt(240));
    Optional<DeadLetter> dead =
        random.nextInt(4) > 0 ? Optional.of(new DeadLetter(Wishes.DEAD, 3)) : Optional.empty();
    made.attributes = new QueueAttributes(retention, Duration.ofMinutes(10), dead);
    made.create = random.nextInt(4) > 0;
    made.createBucket = random.nextInt(4) > 0;
    made.tables.add(table(Wishes.FIRST));
    made.atOnce = 1 + random.nextInt(3);
    made.spareAboveCpu = random.nextBoolean() ? OptionalDouble.of(0.5) : OptionalDouble.empty();
    made.onFailure = random.nextBoolean() ? Code.OnFailure.REPLACE : Code.OnFailure.REPORT;
    made.tries = random.nextInt(4) > 0;
    made.margin = retention.dividedBy(4 + random.nextInt(3));
    made.drainWithin = Duration.ofMinutes(15 + random.nextInt(45));
    made.perUtilityHour = pace * (0.6 + random.nextDouble());
    long most = Math.round(4 * perHour / pace / machine.amount()) + 3;
    made.max = machine.times(most);
    made.min = random.nextInt(4) == 0 ? machine : Utility.ZERO;
    made.caresForDisk = random.nextBoolean();
    made.deletion = random.nextBoolean() ? Deletion.DELETE : Deletion.ORPHAN;
    return made;
  }

  /** A table with short periods, so that many of them pass. */
  Table table(TableName alias) {
    return new Table(
        alias,
        Duration.ofMinutes(20 + 10L * random.nextInt(4)),
        random.nextInt(4) > 0
            ? Optional.of(Duration.ofMinutes(30 + random.nextInt(60)))
            : Optional.empty(),
        1,
        1,
        "{\"properties\":{}}",
        random.nextBoolean() ? Optional.of("backups") : Optional.empty());
  }

  /** The platform before Caretaker comes to it. */
  Platform platform(Chance chance, Witness witness) {
    var platform = new Platform(start, chance, witness, machine, habit);
    for (int i = 1; i <= REVISIONS; i++) {
      platform.publish(new Revision("r" + i));
    }
    platform.supply().afford(wishes.max);
    platform.supply().image(Optional.of(wishes.revision));
    if (random.nextInt(3) == 0 || (!wishes.create && random.nextInt(3) > 0)) {
      makeQueues(platform, wishes);
    }
    if (random.nextInt(3) == 0 || (!wishes.createBucket && random.nextInt(3) > 0)) {
      platform.bucket(Wishes.BUCKET, BucketState.USABLE);
    }
    int objects = random.nextInt(60);
    for (int i = 0; i < objects; i++) {
      platform
          .objects(Wishes.BUCKET)
          .add(new SourceObject("b-" + i, start.minus(Duration.ofHours(1 + i))));
    }
    return platform;
  }

  /** As a person makes them. */
  static void makeQueues(Platform platform, Wishes wishes) {
    var attributes = wishes.attributes;
    attributes
        .deadLetter()
        .ifPresent(
            dead ->
                platform.makeQueue(
                    dead.queue(),
                    new QueueAttributes(
                        Duration.ofDays(14), attributes.visibility(), Optional.empty()),
                    false));
    platform.makeQueue(Wishes.QUEUE, attributes, false);
  }
}
