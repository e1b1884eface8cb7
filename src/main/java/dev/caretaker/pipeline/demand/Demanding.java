package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Observed.Known;
import dev.caretaker.kernel.Observed.Unknown;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.demand.Flow.Safety;
import dev.caretaker.pipeline.demand.FlowMemory.Asked;
import dev.caretaker.pipeline.demand.FlowMemory.Sample;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.policy.DemandPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** How a queue flows, and how many machines that takes. */
public final class Demanding {
  /** Samples are kept this far apart; more would only fill the memory. */
  private static final Duration APART = Duration.ofSeconds(55);

  /** Arrivals are looked at this far ahead at most: what comes later can be asked for later. */
  private static final Duration AHEAD = Duration.ofHours(2);

  private static final Duration NEAR_AHEAD = Duration.ofMinutes(15);

  /** Ten years: what takes longer does not end. */
  private static final double FOREVER_HOURS = 87_600;

  private final DemandPolicy policy;
  private final FlowMemory memory;
  private final FlowSeen seen;
  private final Instant now;

  private Demanding(DemandPolicy policy, FlowMemory memory, FlowSeen seen, Instant now) {
    this.policy = policy;
    this.memory = memory;
    this.seen = seen;
    this.now = now;
  }

  /** The flow at this moment, given what was remembered of earlier ones. */
  public static Flow of(DemandPolicy policy, FlowMemory memory, FlowSeen seen, Instant now) {
    return new Demanding(policy, memory, seen, now).flow();
  }

  private Flow flow() {
    if (seen.queue() instanceof Known<Optional<QueueView>> known) {
      return known.value().map(this::flow).orElseGet(this::absent);
    }
    return unread(((Unknown<Optional<QueueView>>) seen.queue()).cause());
  }

  private Flow flow(QueueView queue) {
    var samples = samples(queue);
    var counting = new Counting(memory, samples, firstGuess());
    seen.traffic().ifKnown().ifPresent(counting::told);
    counting.guessed(seen.traffic(), now);
    var counted =
        new FlowMemory(
            samples,
            counting.countedTo(),
            counting.arrivals(),
            counting.resent(),
            counting.pace(),
            memory.noneOlderThan(),
            memory.asked());
    var oldest = Oldest.of(queue, counted, seen.retention(), now);
    var forecast = counted.arrivals().over(now, ahead());
    var load =
        new Load(
            policy,
            queue.backlog(),
            counted.arrivals(),
            counted.pace().or(firstGuess()),
            oldest.age(),
            seen.retention(),
            asked().utility(),
            now);
    var asking = Asking.next(load, asked(), seen.serving());
    return flow(queue, counted, oldest, forecast, asking);
  }

  private Flow flow(
      QueueView queue, FlowMemory counted, Oldest oldest, OptionalDouble forecast, Asking asking) {
    double pace = counted.pace().or(firstGuess());
    var drain = drain(queue.backlog(), forecast.orElse(0), pace);
    var expires = oldest.age().map(age -> now.minus(age).plus(seen.retention()));
    return new Flow(
        new FlowMemory(
            counted.samples(),
            counted.countedTo(),
            counted.arrivals(),
            counted.resent(),
            counted.pace(),
            oldest.noneOlderThan(),
            Optional.of(asking.asked())),
        oldest.age(),
        oldest.estimated(),
        counted.arrivals().lately(),
        counted.pace().finishedPerHour(),
        forecast,
        pace,
        counted.pace().believed().isPresent(),
        drain,
        expires,
        new PipelineDemand(asking.asked().utility(), asking.because(), expires),
        Safe.judge(policy, seen.retention(), queue.backlog(), oldest, drain));
  }

  private List<Sample> samples(QueueView queue) {
    var all = new ArrayList<>(memory.samples());
    all.removeIf(each -> !each.at().isBefore(now));
    boolean due = all.isEmpty() || !all.get(all.size() - 1).at().plus(APART).isAfter(now);
    if (due) {
      all.add(new Sample(now, queue.visible(), queue.backlog(), seen.working(), seen.serving()));
    }
    return all.subList(Math.max(0, all.size() - FlowMemory.SAMPLES), all.size());
  }

  private Duration ahead() {
    var half = policy.drainWithin().dividedBy(2);
    var longest = half.compareTo(AHEAD) < 0 ? half : AHEAD;
    return longest.compareTo(NEAR_AHEAD) < 0 ? NEAR_AHEAD : longest;
  }

  private double firstGuess() {
    return Math.max(1e-6, policy.perUtilityHour());
  }

  /** After a loss, what is there or on its way was asked for, as far as it may be. */
  private Asked asked() {
    var there = seen.present().plus(seen.pending());
    var may = there.isMoreThan(policy.max()) ? policy.max() : there;
    return memory.asked().orElse(new Asked(may, Instant.EPOCH, Optional.empty()));
  }

  private Optional<Duration> drain(long backlog, double arrivals, double pace) {
    double net = pace * seen.working().amount() - arrivals;
    if (backlog == 0) {
      return Optional.of(Duration.ZERO);
    }
    return net * FOREVER_HOURS <= backlog
        ? Optional.empty()
        : Optional.of(Duration.ofSeconds((long) Math.ceil(backlog / net * 3600)));
  }

  private Flow absent() {
    var least = policy.min();
    var why = new Reason("NoQueue", "there is no queue yet, and nothing to work on");
    var safety = new Safety(Safety.State.BACKLOG_SAFE, why);
    return told(least, why, safety, new Asked(least, now, Optional.empty()));
  }

  private Flow unread(String cause) {
    var last = asked();
    var why =
        new Reason("QueueUnread", "the queue could not be read (" + cause + "): as asked before");
    return told(last.utility(), why, new Safety(Safety.State.UNKNOWN, why), last);
  }

  private Flow told(Utility utility, Reason why, Safety safety, Asked asked) {
    var expires = memory.noneOlderThan().map(since -> since.plus(seen.retention()));
    var known = seen.queue() instanceof Known ? Optional.<Instant>empty() : expires;
    var kept =
        new FlowMemory(
            memory.samples(),
            memory.countedTo(),
            memory.arrivals(),
            memory.resent(),
            memory.pace(),
            seen.queue() instanceof Known ? Optional.empty() : memory.noneOlderThan(),
            Optional.of(asked));
    return new Flow(
        kept,
        Optional.empty(),
        false,
        OptionalDouble.empty(),
        OptionalDouble.empty(),
        memory.arrivals().over(now, ahead()),
        memory.pace().or(firstGuess()),
        memory.pace().believed().isPresent(),
        Optional.empty(),
        known,
        new PipelineDemand(utility, why, known),
        safety);
  }
}
