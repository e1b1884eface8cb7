package dev.caretaker.bench;

import dev.caretaker.pipeline.model.QueueTraffic.Count;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A queue of SQS in virtual time, and what CloudWatch tells of it, late and with gaps. */
final class FlowQueue {
  private static final int PERIOD = 5;
  private static final int COUNTS_SHOWN = 6;

  private record Batch(int minute, long count) {}

  private record Told(int from, Count count) {}

  private final Deque<Batch> waiting = new ArrayDeque<>();
  private final Deque<Told> told = new ArrayDeque<>();
  private final FlowCase of;
  private final Random chance;
  private long backlog;
  private long expired;
  private long late;
  private long finished;
  private long sent;
  private long deleted;
  private double capacity;
  private int silentUntil = -1;

  FlowQueue(FlowCase of, Random chance) {
    this.of = of;
    this.chance = chance;
  }

  long backlog() {
    return backlog;
  }

  long expired() {
    return expired;
  }

  long late() {
    return late;
  }

  long finished() {
    return finished;
  }

  void send(int minute, long count) {
    if (count > 0) {
      waiting.addLast(new Batch(minute, count));
      backlog += count;
      sent += count;
    }
  }

  /** What so many messages of work come to in a minute; what is not used is lost. */
  void work(int minute, double messages, boolean counts) {
    capacity += messages;
    long again = 0;
    while (capacity >= 1 && !waiting.isEmpty()) {
      var first = waiting.removeFirst();
      long done = Math.min(first.count(), (long) capacity);
      if (done < first.count()) {
        waiting.addFirst(new Batch(first.minute(), first.count() - done));
      }
      capacity -= done;
      backlog -= done;
      deleted += done;
      long failed = failed(done);
      again += failed;
      finished += done - failed;
      if (counts && minute - first.minute() > of.policy().drainWithin().toMinutes()) {
        late += done - failed;
      }
    }
    capacity = Math.min(capacity, 1);
    send(minute, again);
  }

  private long failed(long done) {
    double mean = done * FlowCase.SENT_AGAIN;
    return (long) (mean + chance.nextDouble());
  }

  void expire(int minute) {
    while (!waiting.isEmpty()
        && minute - waiting.getFirst().minute() > of.retention().toMinutes()) {
      long gone = waiting.removeFirst().count();
      backlog -= gone;
      expired += gone;
    }
  }

  /** Ends a minute: each fifth one closes a period of CloudWatch's. */
  void close(int minute) {
    if ((minute + 1) % PERIOD == 0) {
      var count =
          new Count(FlowRules.at(minute + 1 - PERIOD), FlowRules.at(minute + 1), sent, deleted);
      if (chance.nextDouble() >= 0.02) {
        told.addLast(new Told(minute + 4 + chance.nextInt(8), count));
      }
      sent = 0;
      deleted = 0;
      if (told.size() > COUNTS_SHOWN) {
        told.removeFirst();
      }
    }
  }

  List<Count> counts(int minute) {
    var seen = new ArrayList<Count>();
    for (var each : told) {
      if (each.from() > minute) {
        break;
      }
      seen.add(each.count());
    }
    return seen;
  }

  /** Two minutes late; missing now and then, and sometimes for an hour. */
  Optional<Duration> oldest(int minute) {
    if (chance.nextDouble() < 0.0005) {
      silentUntil = minute + 60;
    }
    boolean silent = minute < silentUntil || chance.nextDouble() < 0.05;
    return silent || waiting.isEmpty()
        ? Optional.empty()
        : Optional.of(Duration.ofMinutes(Math.max(0, minute - 2 - waiting.getFirst().minute())));
  }
}
