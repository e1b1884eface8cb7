package dev.caretaker.pipeline.demand;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.demand.FlowMemory.Sample;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueTraffic.Count;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** A utility does 40 in an hour; the first guess is 25. */
class CountingTest {
  private static final Instant BEGIN = Instant.parse("2026-11-25T12:00:00Z");
  private static final double PACE = 40;
  private static final double GUESS = 25;
  private static final long MUCH = 50_000;
  private static final Observed<QueueTraffic> SILENT = Observed.known(QueueTraffic.NONE);

  private static Instant at(int minute) {
    return BEGIN.plusSeconds(60L * minute);
  }

  private static Sample sample(int minute, long visible, double working) {
    return new Sample(at(minute), visible, visible, Utility.of(working), true);
  }

  private static List<Sample> steady(int minutes, long visible, double working, boolean serving) {
    var samples = new ArrayList<Sample>();
    for (int minute = 0; minute <= minutes; minute++) {
      samples.add(new Sample(at(minute), visible, visible, Utility.of(working), serving));
    }
    return samples;
  }

  private static QueueTraffic traffic(int periods, long sent, long deleted) {
    var counts = new ArrayList<Count>();
    for (int i = 0; i < periods; i++) {
      counts.add(new Count(at(5 * i), at(5 * i + 5), sent, deleted));
    }
    return new QueueTraffic(counts);
  }

  private static Counting counted(List<Sample> samples, QueueTraffic traffic) {
    var counting = new Counting(FlowMemory.NONE, samples, GUESS);
    counting.told(traffic);
    return counting;
  }

  @Test
  void shouldMeasureThePaceOfBusyMachines() {
    var busy = counted(steady(60, MUCH, 120, true), traffic(12, 100, 400));

    assertThat(busy.pace().or(GUESS)).isCloseTo(PACE, within(0.1));
  }

  @Test
  void neverMeasuresMachinesThatHaveNothingToDo() {
    var idle = counted(steady(60, 0, 120, true), traffic(12, 100, 100));

    assertThat(idle.pace().or(GUESS)).isEqualTo(GUESS);
  }

  @Test
  void neverMeasuresASlowCluster() {
    var slow = counted(steady(60, MUCH, 120, false), traffic(12, 100, 40));

    assertThat(slow.pace().or(GUESS)).isEqualTo(GUESS);
  }

  @Test
  void neverMeasuresAPeriodInWhichMachinesCame() {
    var samples = new ArrayList<Sample>();
    for (int minute = 0; minute <= 60; minute++) {
      samples.add(sample(minute, MUCH, 20 + 4 * minute));
    }

    var growing = counted(samples, traffic(3, 100, 400));

    assertThat(growing.pace().or(GUESS)).isEqualTo(GUESS);
  }

  @Test
  void shouldOutvoteOddPeriods() {
    var pace = Pace.NONE;
    for (int i = 0; i < 30; i++) {
      pace = pace.measuring(i % 4 == 3 ? 4000 : 40);
    }

    assertThat(pace.or(GUESS)).isCloseTo(40, within(0.1));
  }

  @Test
  void shouldFollowANewPaceInSmallSteps() {
    var pace = Pace.NONE.measuring(40).measuring(40).measuring(40);
    for (int i = 0; i < 6; i++) {
      double before = pace.or(GUESS);
      pace = pace.measuring(4);
      assertThat(pace.or(GUESS)).isBetween(before / 1.1 - 0.01, before * 1.1);
    }
  }

  @Test
  void shouldFindWhatWorkersSendBack() {
    var chance = new Random(3);
    var samples = new ArrayList<Sample>();
    var counts = new ArrayList<Count>();
    double share = 0.3;
    for (int period = 0; period < 300; period++) {
      // Machines come and go between the periods.
      double working = period / 6 % 2 == 0 ? 30 : 150;
      long deleted = Math.round(working * PACE / 12);
      long sent = Math.round(200 + 10 * chance.nextGaussian() + share * deleted);
      for (int minute = 0; minute < 5; minute++) {
        samples.add(sample(5 * period + minute, MUCH, working));
      }
      counts.add(new Count(at(5 * period), at(5 * period + 5), sent, deleted));
    }

    var counting = counted(samples, new QueueTraffic(counts));

    assertThat(counting.resent().share()).isCloseTo(share, within(0.06));
    assertThat(counting.arrivals().lately().orElseThrow()).isCloseTo(2400, within(250.0));
  }

  @Test
  void neverFindsThatWorkersSendBackWhereTheyOnlyFollow() {
    var chance = new Random(4);
    var counts = new ArrayList<Count>();
    for (int period = 0; period < 300; period++) {
      long sent = 200L + chance.nextInt(200);
      counts.add(new Count(at(5 * period), at(5 * period + 5), sent, sent));
    }

    var counting = counted(steady(1500, 0, 500, true), new QueueTraffic(counts));

    assertThat(counting.resent().share()).isZero();
  }

  @Test
  void shouldCountEachPeriodOnce() {
    var once = counted(steady(60, MUCH, 0, true), traffic(12, 100, 0));
    var memory =
        new FlowMemory(
            List.of(),
            once.countedTo(),
            once.arrivals(),
            once.resent(),
            once.pace(),
            FlowMemory.NONE.noneOlderThan(),
            FlowMemory.NONE.asked());
    var twice = new Counting(memory, List.of(), GUESS);
    twice.told(traffic(12, 100, 0));

    assertThat(twice.arrivals()).isEqualTo(once.arrivals());
  }

  @Test
  void shouldGoByTheGrowthOfTheBacklogWhileCloudWatchIsSilent() {
    var samples = List.of(sample(0, 1000, 0), sample(10, 2000, 0), sample(20, 3000, 0));

    var counting = new Counting(FlowMemory.NONE, samples, GUESS);
    counting.guessed(SILENT, at(20));

    assertThat(counting.arrivals().lately().orElseThrow()).isCloseTo(6000, within(1.0));
    assertThat(counting.countedTo()).contains(at(20));
  }

  @Test
  void shouldAddWhatBusyMachinesDoWhileCloudWatchIsSilent() {
    var samples = List.of(sample(0, 30_000, 120), sample(30, 30_500, 120));

    var counting = new Counting(FlowMemory.NONE, samples, GUESS);
    counting.guessed(SILENT, at(30));

    // 1,000 an hour more than there were, and 120 x 25 that were done meanwhile.
    assertThat(counting.arrivals().lately().orElseThrow()).isCloseTo(4000, within(1.0));
    assertThat(counting.pace().finishedPerHour().orElseThrow()).isCloseTo(3000, within(1.0));
  }

  @Test
  void shouldWaitForCloudWatchBeforeItGuesses() {
    var counting = counted(steady(20, 1000, 0, true), traffic(2, 100, 0));
    var before = counting.arrivals();

    counting.guessed(SILENT, at(10).plus(Duration.ofMinutes(20)));

    assertThat(counting.arrivals()).isEqualTo(before);
  }

  @Test
  void shouldNotWaitForACloudWatchThatCannotBeRead() {
    var counting = counted(steady(20, 1000, 0, true), traffic(2, 100, 0));
    var before = counting.countedTo().orElseThrow();

    counting.guessed(Observed.unknown("denied"), at(20));

    assertThat(counting.countedTo().orElseThrow()).isAfter(before);
  }
}
