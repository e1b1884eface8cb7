package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.demand.FlowMemory.Asked;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueTraffic.Count;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.policy.DemandPolicy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A queue of four days, looked at once: 4,000 messages an hour come for two hours already, 8,000
 * wait, the oldest for two hours; a utility does 40 an hour, and 100 of it work; new messages are
 * to be worked on in six hours.
 */
final class AQueue {
  static final Instant NOW = Instant.parse("2026-11-25T12:00:00Z");
  static final Duration RETENTION = Duration.ofDays(4);
  static final DemandPolicy POLICY =
      new DemandPolicy(
          Duration.ofDays(1), Duration.ofHours(6), 40, Utility.ZERO, Utility.of("400"));

  private DemandPolicy policy = POLICY;
  private long backlog = 8000;
  private Optional<Duration> oldest = Optional.of(Duration.ofHours(2));
  private Optional<Instant> created = Optional.empty();
  private long sent = 4000;
  private long deleted = 4000;
  private double working = 100;
  private Optional<Utility> asked = Optional.of(Utility.of("100"));
  private boolean serving = true;

  static AQueue aQueue() {
    return new AQueue();
  }

  AQueue holding(long messages) {
    backlog = messages;
    return this;
  }

  AQueue oldest(Duration age) {
    oldest = Optional.of(age);
    return this;
  }

  AQueue ofUnknownAge() {
    oldest = Optional.empty();
    return this;
  }

  /** The queue itself is no older than this. */
  AQueue made(Duration ago) {
    created = Optional.of(NOW.minus(ago));
    return this;
  }

  AQueue perHour(long sentPerHour, long deletedPerHour) {
    sent = sentPerHour;
    deleted = deletedPerHour;
    return this;
  }

  AQueue asked(double utility) {
    asked = Optional.of(Utility.of(utility));
    return this;
  }

  AQueue afterLoss() {
    asked = Optional.empty();
    return this;
  }

  AQueue working(double utility) {
    working = utility;
    return this;
  }

  AQueue withSlowCluster() {
    serving = false;
    return this;
  }

  AQueue with(DemandPolicy other) {
    policy = other;
    return this;
  }

  FlowMemory memory() {
    var none = FlowMemory.NONE;
    return new FlowMemory(
        none.samples(),
        none.countedTo(),
        none.arrivals(),
        none.resent(),
        none.pace(),
        none.noneOlderThan(),
        asked.map(each -> new Asked(each, NOW.minus(Duration.ofHours(1)), lessForLong())));
  }

  private static Optional<Instant> lessForLong() {
    return Optional.of(NOW.minus(Duration.ofHours(1)));
  }

  FlowSeen seen() {
    return new FlowSeen(
        Observed.known(Optional.of(view(backlog, oldest, created))),
        Observed.known(traffic(sent, deleted)),
        RETENTION,
        Utility.of(working),
        Utility.of(working),
        Utility.ZERO,
        serving);
  }

  Flow flow() {
    return Demanding.of(policy, memory(), seen(), NOW);
  }

  double demand() {
    return flow().demand().utility().amount();
  }

  static QueueView view(long backlog, Optional<Duration> oldest, Optional<Instant> created) {
    var attributes = new QueueAttributes(RETENTION, Duration.ofMinutes(30), Optional.empty());
    return new QueueView(attributes, backlog, 0, 0, oldest, created);
  }

  /** In periods of five minutes, up to ten minutes ago. */
  private static QueueTraffic traffic(long sentPerHour, long deletedPerHour) {
    List<Count> counts = new ArrayList<>();
    for (int i = 24; i > 1; i--) {
      var from = NOW.minus(Duration.ofMinutes(5L * i));
      counts.add(
          new Count(from, from.plus(Duration.ofMinutes(5)), sentPerHour / 12, deletedPerHour / 12));
    }
    return new QueueTraffic(counts);
  }
}
