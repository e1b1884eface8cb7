package dev.caretaker.world.pipeline;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.SourceObject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** All that a pipeline touches, in virtual time. */
public final class Platform extends Clock {
  private final Chance chance;
  private final Witness witness;
  private final Work work;
  private final SortedMap<QueueName, SimQueue> queues = new TreeMap<>();
  private final SortedMap<BucketName, BucketState> buckets = new TreeMap<>();
  private final SortedMap<BucketName, List<SourceObject>> objects = new TreeMap<>();
  private final Set<BucketName> ours = new HashSet<>();
  private final Set<Revision> revisions = new HashSet<>();
  private final Engine engine = new Engine();
  private final Supply supply;
  private Instant now;

  /** Up to when CloudWatch tells; it is late by minutes, and may fall silent. */
  public Duration cloudWatchLate = Duration.ofMinutes(2);

  /**
   * An empty platform.
   *
   * @param machine utility of each machine of the fleet
   * @param habit how the programs work
   */
  public Platform(Instant start, Chance chance, Witness witness, Utility machine, Habit habit) {
    this.now = start;
    this.chance = chance;
    this.witness = witness;
    this.supply = new Supply(chance, machine, Utility.ZERO);
    this.work = new Work(this, habit);
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    return this;
  }

  @Override
  public Instant instant() {
    return now;
  }

  Chance chance() {
    return chance;
  }

  Witness witness() {
    return witness;
  }

  public Engine engine() {
    return engine;
  }

  public Supply supply() {
    return supply;
  }

  /** What the fleet says of its machines. */
  public Observed<FleetView> fleet() {
    return supply.view(now);
  }

  public Optional<SimQueue> queue(QueueName name) {
    return Optional.ofNullable(queues.get(name));
  }

  /** A queue that is there; one that was made before keeps its attributes. */
  public void makeQueue(QueueName name, QueueAttributes attributes, boolean tagged) {
    queues.computeIfAbsent(name, each -> new SimQueue(each, attributes, tagged, now)).note(now);
  }

  void removeQueue(QueueName name) {
    queues.remove(name);
  }

  public BucketState bucket(BucketName name) {
    return buckets.getOrDefault(name, BucketState.ABSENT);
  }

  /** A bucket as somebody else leaves it. */
  public void bucket(BucketName name, BucketState state) {
    buckets.put(name, state);
  }

  void makeBucket(BucketName name) {
    buckets.put(name, BucketState.USABLE);
    ours.add(name);
  }

  boolean isOurs(BucketName name) {
    return ours.contains(name);
  }

  public List<SourceObject> objects(BucketName bucket) {
    return objects.computeIfAbsent(bucket, each -> new ArrayList<>());
  }

  /** The repository has this revision. */
  public void publish(Revision revision) {
    revisions.add(revision);
  }

  /** Whether the repository has this revision. */
  public boolean has(Revision revision) {
    return revisions.contains(revision);
  }

  /** Somebody sends a message; without a queue it never was one. */
  public void send(QueueName name, String document, Duration delay) {
    queue(name)
        .ifPresent(
            queue -> {
              queue.send(document, now, delay);
              witness.sent(name, document);
            });
  }

  /** The dead-letter queue of a queue, where it is there. */
  Optional<SimQueue> deadLetters(SimQueue queue) {
    return queue.attributes().deadLetter().flatMap(each -> queue(each.queue()));
  }

  /** Lets time pass. */
  public void advance(Duration time) {
    now = now.plus(time);
    supply.tick(now);
    work.tick(time);
    for (var queue : queues.values()) {
      queue.expire(now).forEach(each -> witness.expired(queue.name(), each.document, each.sentAt));
      queue.note(now);
    }
  }
}
