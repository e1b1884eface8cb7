package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueTraffic.Count;
import dev.caretaker.pipeline.policy.DemandPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntPredicate;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * A queue, machines of four utility that come to work ten minutes after they were asked for, and
 * the demand that is asked each minute, in virtual time. A utility does 40 an hour, give or take a
 * fifth; arrivals are as noisy; CloudWatch is ten minutes late.
 */
final class DemandLoop {
  private static final int DEAD_TIME = 10;
  private static final double MACHINE = 4;
  private static final Instant BEGIN = Instant.parse("2026-11-02T00:00:00Z");

  private record Batch(int minute, long count) {}

  private final DemandPolicy policy;
  private final IntToDoubleFunction perHour;
  private final Random chance;
  private final Deque<Batch> waiting = new ArrayDeque<>();
  private final Deque<Integer> comingAt = new ArrayDeque<>();
  private final List<Count> counts = new ArrayList<>();
  private final List<Double> demands = new ArrayList<>();
  private IntPredicate runs = minute -> true;
  private IntPredicate slow = minute -> false;
  private FlowMemory memory = FlowMemory.NONE;
  private long backlog;
  private long sent;
  private long deleted;
  private int machines;
  private double work;
  private int oldestEver;

  DemandLoop(DemandPolicy policy, IntToDoubleFunction perHour, long seed) {
    this.policy = policy;
    this.perHour = perHour;
    this.chance = new Random(seed);
  }

  /** When workers work. */
  DemandLoop running(IntPredicate when) {
    runs = when;
    return this;
  }

  /** When the cluster does not serve, and a tenth of the work gets done. */
  DemandLoop slow(IntPredicate when) {
    slow = when;
    return this;
  }

  DemandLoop play(int minutes) {
    for (int minute = 0; minute < minutes; minute++) {
      arrive(minute);
      work(minute);
      tell(minute);
      ask(minute);
    }
    return this;
  }

  private double noise() {
    return Math.max(0, 1 + 0.2 * chance.nextGaussian());
  }

  private void arrive(int minute) {
    long count = Math.round(perHour.applyAsDouble(minute) / 60 * noise());
    waiting.addLast(new Batch(minute, count));
    backlog += count;
    sent += count;
  }

  private double working(int minute) {
    return runs.test(minute) ? machines * MACHINE : 0;
  }

  private void work(int minute) {
    while (!comingAt.isEmpty() && comingAt.getFirst() <= minute) {
      comingAt.removeFirst();
      machines++;
    }
    work = Math.min(work, 1) + working(minute) * 40 / 60 * noise() * (slow.test(minute) ? 0.1 : 1);
    while (work >= 1 && !waiting.isEmpty()) {
      var first = waiting.removeFirst();
      long done = Math.min(first.count(), (long) work);
      if (done < first.count()) {
        waiting.addFirst(new Batch(first.minute(), first.count() - done));
      }
      work -= done;
      backlog -= done;
      deleted += done;
    }
    oldestEver = Math.max(oldestEver, age(minute));
  }

  private int age(int minute) {
    return waiting.isEmpty() ? 0 : minute - waiting.getFirst().minute();
  }

  private void tell(int minute) {
    if (minute % 5 == 4) {
      counts.add(new Count(at(minute - 4), at(minute + 1), sent, deleted));
      sent = 0;
      deleted = 0;
    }
  }

  private static Instant at(int minute) {
    return BEGIN.plusSeconds(60L * minute);
  }

  private void ask(int minute) {
    var late = at(minute - 10);
    var told = counts.subList(Math.max(0, counts.size() - 8), counts.size());
    var age =
        backlog == 0
            ? Optional.<Duration>empty()
            : Optional.of(Duration.ofMinutes(Math.max(0, age(minute) - 2)));
    var seen =
        new FlowSeen(
            Observed.known(Optional.of(AQueue.view(backlog, age, Optional.empty()))),
            Observed.known(
                new QueueTraffic(told.stream().filter(each -> each.to().isBefore(late)).toList())),
            AQueue.RETENTION,
            Utility.of(working(minute)),
            Utility.of(machines * MACHINE),
            Utility.of(comingAt.size() * MACHINE),
            !slow.test(minute));
    var flow = Demanding.of(policy, memory, seen, at(minute));
    memory = flow.memory();
    double demand = flow.demand().utility().amount();
    demands.add(demand);
    int wanted = (int) Math.ceil(demand / MACHINE - 1e-9);
    while (machines + comingAt.size() < wanted) {
      comingAt.addLast(minute + DEAD_TIME);
    }
    while (machines + comingAt.size() > wanted && !comingAt.isEmpty()) {
      comingAt.removeLast();
    }
    machines = Math.min(machines, wanted);
  }

  double demand(int minute) {
    return demands.get(minute);
  }

  double most(int from, int to) {
    return demands.subList(from, to).stream().mapToDouble(Double::doubleValue).max().orElseThrow();
  }

  double least(int from, int to) {
    return demands.subList(from, to).stream().mapToDouble(Double::doubleValue).min().orElseThrow();
  }

  /** How much utility was added in all. */
  double rises(int from, int to) {
    return IntStream.range(from + 1, to)
        .mapToDouble(i -> Math.max(0, demands.get(i) - demands.get(i - 1)))
        .sum();
  }

  /** Of any message at any time. */
  Duration oldestEver() {
    return Duration.ofMinutes(oldestEver);
  }

  long backlog() {
    return backlog;
  }

  Pace pace() {
    return memory.pace();
  }
}
