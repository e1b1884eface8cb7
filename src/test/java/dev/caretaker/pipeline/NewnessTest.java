package dev.caretaker.pipeline;

import static dev.caretaker.pipeline.Told.condition;
import static dev.caretaker.pipeline.Told.is;
import static dev.caretaker.pipeline.Told.sentence;
import static dev.caretaker.testkit.APipeline.COVERAGE;
import static dev.caretaker.testkit.APipeline.NOW;
import static dev.caretaker.testkit.APipeline.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Condition.Truth;
import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.ClusterView;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.policy.Freshness;
import dev.caretaker.testkit.APipeline;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NewnessTest {
  private static APipeline stale() {
    var pipeline = aPipeline("i-1");
    pipeline.wish.freshness =
        Optional.of(new Freshness(COVERAGE, "repo.push.date", Duration.ofDays(1)));
    pipeline.coverage.newest(NOW.minus(Duration.ofDays(2)));
    pipeline.queueHolds(100);
    pipeline.passes();
    return pipeline;
  }

  private static String why(APipeline pipeline) {
    return condition(pipeline.looks(), "Fresh").reason().code();
  }

  @Test
  void shouldBeFreshAsLongAsDeclared() {
    var pipeline = stale();
    pipeline.coverage.newest(pipeline.now.minus(Duration.ofDays(1)));
    assertThat(is(pipeline.looks(), "Fresh")).isTrue();

    pipeline.coverage.newest(pipeline.now.minus(Duration.ofDays(1)).minusSeconds(1));
    assertThat(condition(pipeline.looks(), "Fresh").truth()).isEqualTo(Truth.FALSE);
  }

  @Test
  void shouldLookForTheReasonInTheOrderOfTheRunbook() {
    var pipeline = stale();
    pipeline.cluster = Observed.known(new ClusterView(true, true, Optional.of("Incident red")));
    pipeline.fleetLimit = Optional.of("the budget of 2.00 USD/h is spent");
    pipeline.wish.running = false;
    assertThat(why(pipeline)).isEqualTo("ClusterRecovers");

    pipeline.cluster = Observed.known(new ClusterView(true, false, Optional.empty()));
    assertThat(why(pipeline)).isEqualTo("Stopped");

    pipeline.wish.running = true;
    pipeline.worker("i-1").fails();
    assertThat(why(pipeline)).isEqualTo("WorkersStopped");

    pipeline.worker("i-1").runs(NOW);
    assertThat(why(pipeline)).isEqualTo("FleetLimited");
    assertThat(sentence(pipeline.looks(), "Fresh")).contains("2.00 USD/h is spent");

    pipeline.fleetLimit = Optional.empty();
    pipeline.dead = deadLetters(7);
    assertThat(why(pipeline)).isEqualTo("DeadLetters");

    pipeline.dead = deadLetters(0);
    assertThat(why(pipeline)).isEqualTo("Unexplained");
    pipeline.queueHolds(0);
    assertThat(why(pipeline)).isEqualTo("NothingArrives");
  }

  @Test
  void shouldNameTheWantOfMachines() {
    var pipeline = stale();
    pipeline.loses("i-1");

    assertThat(why(pipeline)).isEqualTo("NoMachines");
  }

  @Test
  void neverCallsStaleWhatCouldNotBeRead() {
    var pipeline = stale();
    pipeline.tablesRead = false;

    assertThat(condition(pipeline.looks(), "Fresh").truth()).isEqualTo(Truth.UNKNOWN);
  }

  /** One wrong date would say until then that all is well. */
  @Test
  void neverCallsFreshWhatIsDatedAhead() {
    var pipeline = stale();
    pipeline.coverage.newest(pipeline.now.plus(Duration.ofDays(400)));

    assertThat(condition(pipeline.looks(), "Fresh").truth()).isEqualTo(Truth.UNKNOWN);
    assertThat(sentence(pipeline.looks(), "Fresh")).contains("which is not yet");
  }

  private static Observed<Optional<QueueView>> deadLetters(long count) {
    var attributes =
        new QueueAttributes(Duration.ofDays(14), Duration.ofMinutes(30), Optional.empty());
    return Observed.known(
        Optional.of(new QueueView(attributes, count, 0, 0, Optional.empty(), Optional.empty())));
  }
}
