package dev.caretaker.pipeline.demand;

import static dev.caretaker.pipeline.demand.AQueue.NOW;
import static dev.caretaker.pipeline.demand.AQueue.POLICY;
import static dev.caretaker.pipeline.demand.AQueue.RETENTION;
import static dev.caretaker.pipeline.demand.AQueue.aQueue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.demand.Flow.Safety.State;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueTraffic.Count;
import dev.caretaker.pipeline.policy.DemandPolicy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DemandingTest {

  @Test
  void shouldKeepWhatIsEnough() {
    var flow = aQueue().flow();

    assertThat(flow.demand().utility()).isEqualTo(Utility.of("100"));
    assertThat(flow.demand().because().sentence()).contains("the 100.0 asked for before");
    assertThat(flow.arrivalsPerHour().orElseThrow()).isCloseTo(3996, within(5.0));
    assertThat(flow.departuresPerHour().orElseThrow()).isCloseTo(3996, within(5.0));
    assertThat(flow.safety().state()).isEqualTo(State.BACKLOG_SAFE);
    assertThat(flow.expiresAt()).contains(NOW.minus(Duration.ofHours(2)).plus(RETENTION));
    assertThat(flow.demand().expiresAt()).isEqualTo(flow.expiresAt());
  }

  @Test
  void shouldSayItsArithmetic() {
    var flow = aQueue().holding(40_000).oldest(Duration.ofHours(5)).flow();

    // 40,000 wait, the oldest since 5 h: of 4.8 h to be planned with none is left for the first.
    assertThat(flow.demand().because().code()).isEqualTo("Freshness");
    assertThat(flow.demand().because().sentence())
        .matches("\\d+ messages are due in the next [\\d.]+ h: \\d+ / [\\d.]+ h / 40 by .*")
        .endsWith("; doubled at most");
    assertThat(flow.demand().utility()).isEqualTo(Utility.of("200"));
  }

  @Test
  void shouldAskForLessWhereMachinesWouldBeIdle() {
    var flow = aQueue().holding(100).oldest(Duration.ofMinutes(2)).asked(150).flow();

    assertThat(flow.demand().because().code()).isEqualTo("EnoughToDo");
    assertThat(flow.demand().utility().amount()).isBetween(90.0, 110.0);
  }

  @Test
  void shouldAskForLessOnlyAfterAWhile() {
    var busy = aQueue().asked(102).flow().memory();
    var quiet = aQueue().holding(100).oldest(Duration.ofMinutes(2)).perHour(2000, 2000).seen();
    var later = NOW.plus(Duration.ofMinutes(20));
    var soon = Demanding.of(POLICY, busy, shifted(quiet, Duration.ofHours(2)), later);

    assertThat(soon.demand().utility()).isEqualTo(Utility.of("102"));
    assertThat(soon.demand().because().sentence()).endsWith("once it was so for a while");
    var after = Demanding.of(POLICY, soon.memory(), quiet, later.plus(Duration.ofMinutes(11)));
    assertThat(after.demand().utility().amount()).isLessThan(100).isGreaterThanOrEqualTo(51);
  }

  /** The traffic, as if it had come so much later. */
  private static FlowSeen shifted(FlowSeen seen, Duration by) {
    var counts =
        seen.traffic().ifKnown().orElseThrow().counts().stream()
            .map(
                each ->
                    new Count(
                        each.from().plus(by), each.to().plus(by), each.sent(), each.deleted()))
            .toList();
    return new FlowSeen(
        seen.queue(),
        Observed.known(new QueueTraffic(counts)),
        seen.retention(),
        seen.working(),
        seen.present(),
        seen.pending(),
        seen.serving());
  }

  @Test
  void shouldAskForNothingWhereNothingWaitsAndNothingComes() {
    var queue = aQueue().holding(0).perHour(0, 0).ofUnknownAge().asked(20);

    assertThat(queue.flow().demand().utility()).isEqualTo(Utility.ZERO);
    assertThat(queue.flow().demand().because().code()).isEqualTo("NothingWaits");
  }

  @Test
  void shouldLetFewMessagesGatherBeforeAMachineIsStarted() {
    var few = aQueue().perHour(100, 0).holding(80).working(0).asked(0);

    assertThat(few.oldest(Duration.ofHours(1)).demand()).isZero();
    assertThat(few.oldest(Duration.ofHours(4)).demand()).isPositive();
  }

  @Test
  void shouldAskForAllAtTheDeadlineAtOnce() {
    var flow = aQueue().holding(50).oldest(Duration.ofDays(3)).asked(1).flow();

    assertThat(flow.demand().utility()).isEqualTo(Utility.of("400"));
    assertThat(flow.demand().because().code()).isEqualTo("Deadline");
    assertThat(flow.safety().state()).isEqualTo(State.AT_RISK);
  }

  @Test
  void neverWaitsForRetentionWhereFreshnessIsGenerous() {
    var generous =
        new DemandPolicy(
            POLICY.margin(),
            Duration.ofDays(30),
            POLICY.perUtilityHour(),
            POLICY.min(),
            POLICY.max());
    var flow =
        aQueue().with(generous).holding(200_000).oldest(Duration.ofHours(40)).asked(40).flow();

    // Half of the 72 h that a message may wait at all is over.
    assertThat(flow.demand().utility()).isEqualTo(Utility.of("80"));
  }

  @Test
  void shouldWarnLongBeforeTheDeadline() {
    var flow = aQueue().holding(50).oldest(Duration.ofHours(37)).working(0).flow();

    assertThat(flow.safety().state()).isEqualTo(State.AT_RISK);
    assertThat(flow.safety().reason().code()).isEqualTo("NearRetention");
    assertThat(flow.demand().because().code()).isNotEqualTo("Deadline");
  }

  @Test
  void shouldWarnWhereTheMachinesAreTooFew() {
    var flow = aQueue().holding(400_000).oldest(Duration.ofHours(20)).working(101).flow();

    assertThat(flow.safety().state()).isEqualTo(State.AT_RISK);
    assertThat(flow.safety().reason().code()).isEqualTo("TooSlow");
  }

  @Test
  void neverAsksForMoreOfASlowCluster() {
    var flow = aQueue().holding(400_000).oldest(Duration.ofDays(3)).withSlowCluster().flow();

    assertThat(flow.demand().utility()).isEqualTo(Utility.of("100"));
    assertThat(flow.demand().because().sentence()).contains("the cluster does not serve");
    assertThat(flow.safety().state()).isEqualTo(State.AT_RISK);
  }

  @Test
  void shouldKeepWhatWasAskedForWhileTheQueueIsUnread() {
    var queue = aQueue();
    var memory = queue.flow().memory();
    var seen =
        new FlowSeen(
            Observed.unknown("timed out"),
            Observed.unknown("timed out"),
            RETENTION,
            Utility.of("100"),
            Utility.of("100"),
            Utility.ZERO,
            true);

    var flow = Demanding.of(POLICY, memory, seen, NOW.plusSeconds(60));

    assertThat(flow.demand().utility()).isEqualTo(Utility.of("100"));
    assertThat(flow.safety().state()).isEqualTo(State.UNKNOWN);
    assertThat(flow.expiresAt()).contains(NOW.minus(Duration.ofHours(2)).plus(RETENTION));
    assertThat(flow.memory()).isEqualTo(memory);
  }

  @Test
  void shouldTakeWhatIsThereForAskedAfterALoss() {
    assertThat(aQueue().afterLoss().demand()).isEqualTo(100);
  }

  @Test
  void shouldKeepBetweenTheLeastAndTheMost() {
    var narrow = bounded("30", "120");

    assertThat(aQueue().with(narrow).holding(0).perHour(0, 0).ofUnknownAge().asked(40).demand())
        .isEqualTo(30);
    assertThat(aQueue().with(narrow).holding(90_000).oldest(Duration.ofHours(7)).demand())
        .isEqualTo(120);
  }

  @Test
  void shouldReachTheLeastAtOnceAndNoMoreThanTheFirstStepFromNothing() {
    var least = bounded("30", "120");
    var none = bounded("0", "160");
    var much = aQueue().holding(90_000).oldest(Duration.ofHours(7)).working(0);

    assertThat(much.with(least).asked(0).demand()).isEqualTo(30);
    assertThat(much.with(least).asked(20).demand()).isEqualTo(40);
    assertThat(much.with(none).asked(0).demand()).isEqualTo(10);
    assertThat(much.with(none).asked(4).demand()).isEqualTo(10);
    assertThat(much.with(none).asked(12).demand()).isEqualTo(24);
  }

  private static DemandPolicy bounded(String min, String max) {
    return new DemandPolicy(
        POLICY.margin(),
        POLICY.drainWithin(),
        POLICY.perUtilityHour(),
        Utility.of(min),
        Utility.of(max));
  }

  @Test
  void shouldSayThatNobodyKnowsTheAge() {
    var seen = aQueue().ofUnknownAge().seen();
    var blind =
        new FlowSeen(
            seen.queue(),
            Observed.unknown("denied"),
            seen.retention(),
            seen.working(),
            seen.present(),
            seen.pending(),
            true);

    var flow = Demanding.of(POLICY, FlowMemory.NONE, blind, NOW);

    assertThat(flow.oldest()).isEmpty();
    assertThat(flow.expiresAt()).isEmpty();
    assertThat(flow.safety().state()).isEqualTo(State.UNKNOWN);
    assertThat(flow.arrivalsPerHour()).isEmpty();
  }

  @Test
  void shouldBoundTheAgeWhileCloudWatchIsSilent() {
    var flow = aQueue().ofUnknownAge().flow();

    // 8,000 at 4,000 an hour are two hours' worth; twice that, for SQS does not keep the order.
    assertThat(flow.oldestEstimated()).isTrue();
    assertThat(flow.oldest().orElseThrow().toMinutes()).isBetween(238L, 242L);
  }

  @Test
  void shouldKnowThatNothingIsOlderThanTheEmptyQueue() {
    var empty = aQueue().holding(0).ofUnknownAge().flow().memory();
    var later = NOW.plus(Duration.ofMinutes(40));

    var flow = Demanding.of(POLICY, empty, aQueue().ofUnknownAge().seen(), later);

    assertThat(flow.oldest()).contains(Duration.ofMinutes(40));
    assertThat(flow.oldestEstimated()).isTrue();
  }

  /** CloudWatch says nothing of a new queue for its first minutes. */
  @Test
  void shouldKnowThatNothingIsOlderThanTheQueue() {
    var flow = aQueue().ofUnknownAge().made(Duration.ofMinutes(5)).flow();

    assertThat(flow.oldest()).contains(Duration.ofMinutes(5));
    assertThat(flow.oldestEstimated()).isTrue();
    assertThat(flow.memory().noneOlderThan()).contains(NOW.minus(Duration.ofMinutes(5)));
  }

  @Test
  void shouldBelieveCloudWatchAgain() {
    var memory = aQueue().ofUnknownAge().flow().memory();

    var flow = Demanding.of(POLICY, memory, aQueue().seen(), NOW.plusSeconds(60));

    assertThat(flow.oldest()).contains(Duration.ofHours(2));
    assertThat(flow.oldestEstimated()).isFalse();
    assertThat(flow.memory().noneOlderThan())
        .isEqualTo(Optional.of(NOW.plusSeconds(60).minus(Duration.ofHours(2))));
  }
}
