package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.demand.FlowMemory.Sample;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueTraffic.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What arrived, what was sent back, what was finished and how fast, out of what CloudWatch tells
 * and, while it is silent, out of our own samples of the backlog.
 */
final class Counting {
  /** CloudWatch may be a quarter of an hour late; then our own samples have to do. */
  private static final Duration SILENT = Duration.ofMinutes(30);

  /** Counts of SQS settle within a minute: over less time their growth is mostly noise. */
  private static final Duration SHORTEST = Duration.ofMinutes(5);

  /** Longer gaps say nothing of the hours within. */
  private static final Duration LONGEST = Duration.ofHours(1);

  /** How far a sample may be from a period's ends and still speak for it. */
  private static final Duration BESIDE = Duration.ofSeconds(90);

  /** Machines may come and go within a period by so much. */
  private static final double STEADY = 1.1;

  private final List<Sample> samples;
  private final double firstGuess;
  private Optional<Instant> countedTo;
  private Rhythm arrivals;
  private Resent resent;
  private Pace pace;

  Counting(FlowMemory memory, List<Sample> samples, double firstGuess) {
    this.samples = samples;
    this.firstGuess = firstGuess;
    countedTo = memory.countedTo();
    arrivals = memory.arrivals();
    resent = memory.resent();
    pace = memory.pace();
  }

  Optional<Instant> countedTo() {
    return countedTo;
  }

  Rhythm arrivals() {
    return arrivals;
  }

  Resent resent() {
    return resent;
  }

  Pace pace() {
    return pace;
  }

  /** Takes in the periods that are new; a gap between them stays one. */
  void told(QueueTraffic traffic) {
    traffic.counts().stream()
        .sorted(Comparator.comparing(Count::from))
        .filter(count -> count.from().isBefore(count.to()))
        .forEach(this::told);
  }

  private void told(Count count) {
    if (countedTo.filter(at -> count.from().isBefore(at)).isPresent()) {
      return;
    }
    double hours = hours(count.from(), count.to());
    var working = working(count);
    boolean busy = working.isPresent() && within(count).stream().allMatch(this::isBusy);
    if (busy) {
      var period = new Resent.Period(count.to(), count.sent() / hours, count.deleted() / hours);
      resent = resent.counting(count.from(), period);
    }

    // What is certain: the queue grew by sent - deleted, and no more came than was sent.
    double surely = Math.max(0, count.sent() - count.deleted());
    double outside = Math.max(surely, count.sent() - resent.share() * count.deleted());
    double finished = Math.max(0, count.deleted() - (count.sent() - outside));
    arrivals = arrivals.counting(count.from(), count.to(), outside);
    pace = pace.finishing(finished / hours, hours * 3600);
    working.ifPresent(utility -> measure(count, busy, finished / hours / utility.amount()));
    countedTo = Optional.of(count.to());
  }

  private void measure(Count count, boolean busy, double perUtilityHour) {
    if (busy) {
      pace = pace.measuring(perUtilityHour);
    } else if (within(count).stream().noneMatch(this::isBusy)) {
      pace = pace.keepingUp(perUtilityHour, firstGuess);
    }
  }

  private List<Sample> within(Count count) {
    return samples.stream()
        .filter(each -> !each.at().isBefore(count.from().minus(BESIDE)))
        .filter(each -> !each.at().isAfter(count.to().plus(BESIDE)))
        .toList();
  }

  /** Utility of the machines of a period, where they were the same and the cluster served. */
  private Optional<Utility> working(Count count) {
    var within = within(count);
    boolean covered =
        !within.isEmpty()
            && !within.get(0).at().isAfter(count.from().plus(BESIDE))
            && !within.get(within.size() - 1).at().isBefore(count.to().minus(BESIDE));
    if (!covered || !within.stream().allMatch(Sample::serving)) {
      return Optional.empty();
    }
    var least = within.stream().map(Sample::working).min(Comparator.naturalOrder()).orElseThrow();
    var most = within.stream().map(Sample::working).max(Comparator.naturalOrder()).orElseThrow();
    return !least.isZero() && most.amount() <= STEADY * least.amount()
        ? Optional.of(Utility.of((least.amount() + most.amount()) / 2))
        : Optional.empty();
  }

  /** More waits than its machines take in a minute. */
  private boolean isBusy(Sample sample) {
    double minute = pace.or(firstGuess) * sample.working().amount() / 60;
    return sample.serving() && !sample.working().isZero() && sample.visible() > Math.max(1, minute);
  }

  /**
   * While CloudWatch is silent: what arrived is the growth of the backlog and what was finished
   * meanwhile, which is nothing without workers and their usual work while there is enough of it.
   */
  void guessed(Observed<QueueTraffic> traffic, Instant now) {
    // What is late may still be told; what cannot be read is not waited for.
    var patience = traffic instanceof Observed.Known ? SILENT : SHORTEST;
    if (samples.isEmpty() || countedTo.filter(at -> at.plus(patience).isAfter(now)).isPresent()) {
      return;
    }
    var last = samples.get(samples.size() - 1);
    var earliest = countedTo.or(() -> Optional.of(samples.get(0).at())).orElseThrow();
    var since =
        samples.stream().filter(each -> !each.at().isBefore(earliest)).findFirst().orElse(last);
    if (since.at().plus(SHORTEST).isAfter(last.at())) {
      return;
    }
    if (!since.at().plus(LONGEST).isBefore(last.at())) {
      guess(since, last);
    }
    countedTo = Optional.of(last.at());
  }

  private void guess(Sample from, Sample to) {
    double hours = hours(from.at(), to.at());
    double growth = to.backlog() - from.backlog();
    double most = capacity(from, to) * hours;
    double expected = arrivals.at(to.at()).orElse(0) * hours;
    double outside = Math.max(Math.max(0, growth), Math.min(growth + most, expected));
    if (isBusy(from) && isBusy(to)) {
      outside = Math.max(0, growth + most);
    }
    arrivals = arrivals.counting(from.at(), to.at(), outside);
    pace = pace.finishing(Math.max(0, outside - growth) / hours, hours * 3600);
  }

  private double capacity(Sample from, Sample to) {
    return pace.or(firstGuess) * (from.working().amount() + to.working().amount()) / 2;
  }

  private static double hours(Instant from, Instant to) {
    return Duration.between(from, to).toMillis() / 3_600_000.0;
  }
}
