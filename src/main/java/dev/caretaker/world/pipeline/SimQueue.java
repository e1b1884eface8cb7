package dev.caretaker.world.pipeline;

import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueTraffic.Count;
import dev.caretaker.pipeline.model.QueueView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * A queue as SQS keeps it: messages come back when their visibility ends, go to the dead letters
 * after too many receives, and are deleted at their retention, which is counted from their sending.
 * What it tells of itself is late.
 */
public final class SimQueue {
  /** CloudWatch counts by periods of this length. */
  private static final Duration PERIOD = Duration.ofMinutes(5);

  /** Counts are kept for so many ticks, for those who look late. */
  private static final int KEPT = 40;

  /** CloudWatch leaves out of the oldest age what was received so often. */
  private static final int LEFT_OUT = 3;

  private final QueueName name;
  private final boolean ours;
  private final Instant created;
  private QueueAttributes attributes;
  private final Set<Message> messages = new LinkedHashSet<>();
  private final Deque<Seen> seen = new ArrayDeque<>();
  private final TreeMap<Instant, long[]> traffic = new TreeMap<>();

  /** What a look at one moment shows. */
  private record Seen(
      Instant at, long visible, long inFlight, long delayed, Optional<Instant> oldestSentAt) {}

  SimQueue(QueueName name, QueueAttributes attributes, boolean ours, Instant created) {
    this.name = name;
    this.attributes = attributes;
    this.ours = ours;
    this.created = created;
  }

  public QueueName name() {
    return name;
  }

  /** Whether it has the tag of the pipeline that made it. */
  boolean isOurs() {
    return ours;
  }

  public QueueAttributes attributes() {
    return attributes;
  }

  /** What a person does at the console. */
  public void change(QueueAttributes other) {
    attributes = other;
  }

  /** Messages that are not finished, in truth. */
  public long backlog() {
    return messages.size();
  }

  /** The documents that its messages name. */
  public List<String> documents() {
    return messages.stream().map(each -> each.document).toList();
  }

  /** Age of the oldest message, in truth. */
  public Duration oldest(Instant now) {
    return messages.stream()
        .map(each -> Duration.between(each.sentAt, now))
        .max(Duration::compareTo)
        .orElse(Duration.ZERO);
  }

  void send(String document, Instant now, Duration delay) {
    messages.add(new Message(document, now, now.plus(delay)));
    count(now)[0]++;
  }

  /** A message that was received too often comes here, with the clock of its sending. */
  void take(Message message, Instant now) {
    messages.add(new Message(message.document, message.sentAt, now));
  }

  /** Messages to work on, at most so many; {@code dead} gets those that came too often. */
  List<Message> receive(int most, Instant now, Optional<SimQueue> dead) {
    var received = new ArrayList<Message>();
    var unworkable = new ArrayList<Message>();
    for (var message : messages) {
      if (received.size() == most) {
        break;
      }
      if (message.visibleAt.isAfter(now)) {
        continue;
      }
      if (dead.isPresent() && isUnworkable(message)) {
        unworkable.add(message);
        continue;
      }
      message.receives++;
      message.visibleAt = now.plus(attributes.visibility());
      received.add(message);
    }
    unworkable.forEach(messages::remove);
    dead.ifPresent(queue -> unworkable.forEach(each -> queue.take(each, now)));
    return received;
  }

  private boolean isUnworkable(Message message) {
    return attributes.deadLetter().filter(each -> message.receives >= each.after()).isPresent();
  }

  void delete(Message message, Instant now) {
    if (messages.remove(message)) {
      count(now)[1]++;
    }
  }

  /** What is older than the retention is gone. */
  List<Message> expire(Instant now) {
    var oldest = now.minus(attributes.retention());
    var gone = messages.stream().filter(each -> each.sentAt.isBefore(oldest)).toList();
    gone.forEach(messages::remove);
    return gone;
  }

  private long[] count(Instant now) {
    long length = PERIOD.toSeconds();
    long begin = Math.floorDiv(now.getEpochSecond(), length) * length;
    return traffic.computeIfAbsent(Instant.ofEpochSecond(begin), at -> new long[2]);
  }

  /** Notes what a look at this moment shows. */
  void note(Instant now) {
    count(now);
    long visible = 0;
    long inFlight = 0;
    long delayed = 0;
    Instant oldest = now;
    boolean any = false;
    for (var message : messages) {
      if (!message.visibleAt.isAfter(now)) {
        visible++;
      } else if (message.receives == 0) {
        delayed++;
      } else {
        inFlight++;
      }
      if (message.receives < LEFT_OUT && !message.sentAt.isAfter(oldest)) {
        oldest = message.sentAt;
        any = true;
      }
    }
    seen.addLast(
        new Seen(now, visible, inFlight, delayed, any ? Optional.of(oldest) : Optional.empty()));
    if (seen.size() > KEPT) {
      seen.removeFirst();
    }
  }

  /**
   * What it tells of itself.
   *
   * @param countedAt its counts are of this moment
   * @param agedAt the age of its oldest message is of this moment; empty: CloudWatch is silent
   */
  QueueView view(Instant countedAt, Optional<Instant> agedAt) {
    var counts = at(countedAt);
    var oldest =
        agedAt
            .map(this::at)
            .flatMap(each -> each.oldestSentAt().map(sent -> Duration.between(sent, each.at())));
    return new QueueView(
        attributes,
        counts.visible(),
        counts.inFlight(),
        counts.delayed(),
        oldest,
        Optional.of(created));
  }

  private Seen at(Instant moment) {
    var found = new Seen(moment, 0, 0, 0, Optional.empty());
    for (var each : seen) {
      if (each.at().isAfter(moment)) {
        break;
      }
      found = each;
    }
    return found;
  }

  /** What CloudWatch tells of traffic from then on, up to some moment. */
  QueueTraffic traffic(Instant since, Instant toldTo) {
    var counts = new ArrayList<Count>();
    for (var each : traffic.tailMap(since).entrySet()) {
      var end = each.getKey().plus(PERIOD);
      if (!end.isAfter(toldTo)) {
        counts.add(new Count(each.getKey(), end, each.getValue()[0], each.getValue()[1]));
      }
    }
    return new QueueTraffic(counts);
  }
}
