package dev.caretaker.pipeline.demand;

import static dev.caretaker.pipeline.demand.AQueue.POLICY;
import static dev.caretaker.pipeline.demand.AQueue.aQueue;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

/** What holds of every queue. */
class DemandPropertiesTest {
  private static final double MAX = POLICY.max().amount();

  private static AQueue random(long seed) {
    var chance = new Random(seed);
    long perHour = chance.nextInt(20_000);
    var queue =
        aQueue()
            .holding(chance.nextInt(200_000))
            .perHour(perHour, chance.nextInt(20_000))
            .asked(chance.nextInt(400))
            .working(chance.nextInt(400));
    int hours = chance.nextInt(90);
    return hours > 80 ? queue.ofUnknownAge() : queue.oldest(Duration.ofMinutes(40L * hours));
  }

  @Property
  void aStepDoublesOrHalvesAtMost(
      @ForAll @LongRange(max = 1L << 40) long seed, @ForAll @IntRange(max = 400) int before) {
    var flow = random(seed).asked(before).flow();

    if (!flow.demand().because().code().equals("Deadline")) {
      assertThat(flow.demand().utility().amount())
          .isLessThanOrEqualTo(Math.max(2.0 * before, MAX / 16) + 0.001)
          .isGreaterThanOrEqualTo(before <= MAX / 16 ? 0 : before / 2.0);
    }
  }

  @Property
  void moreBacklogNeverAsksForLess(
      @ForAll @LongRange(max = 1L << 40) long seed, @ForAll @IntRange(max = 200_000) int backlog) {
    double less = random(seed).holding(backlog).demand();
    double more = random(seed).holding(backlog + 1 + backlog / 3).demand();

    assertThat(more).isGreaterThanOrEqualTo(less);
  }

  @Property
  void anOlderMessageNeverAsksForLess(
      @ForAll @LongRange(max = 1L << 40) long seed, @ForAll @IntRange(max = 5_000) int minutes) {
    var younger = random(seed).oldest(Duration.ofMinutes(minutes));
    var older = random(seed).oldest(Duration.ofMinutes(minutes + 10 + minutes / 3));

    assertThat(older.demand()).isGreaterThanOrEqualTo(younger.demand());
  }

  @Property
  void theDeadlineAsksForAllThereIs(
      @ForAll @LongRange(max = 1L << 40) long seed, @ForAll @IntRange(min = 1) int backlog) {
    var deadline = AQueue.RETENTION.minus(POLICY.margin());

    assertThat(random(seed).holding(backlog).oldest(deadline).demand()).isEqualTo(MAX);
  }

  @Property
  void aSlowClusterNeverAsksForMore(
      @ForAll @LongRange(max = 1L << 40) long seed, @ForAll @IntRange(max = 400) int before) {
    assertThat(random(seed).asked(before).withSlowCluster().demand()).isLessThanOrEqualTo(before);
  }

  @Property
  void equalLooksGiveEqualDemands(@ForAll @LongRange(max = 1L << 40) long seed) {
    assertThat(random(seed).flow()).isEqualTo(random(seed).flow());
  }

  @Property
  void arrivalsAreBoundedByWhatIsCertain(
      @ForAll @IntRange(max = 20_000) int sent, @ForAll @IntRange(max = 20_000) int deleted) {
    var flow = aQueue().perHour(sent, deleted).flow();

    assertThat(flow.arrivalsPerHour().orElseThrow())
        .isLessThanOrEqualTo(sent + 0.001)
        .isGreaterThanOrEqualTo(Math.max(0, sent - deleted) - 12);
    assertThat(flow.arrivalsPerHour().orElseThrow() - flow.departuresPerHour().orElseThrow())
        .isCloseTo(sent - deleted, within(25.0));
  }
}
