package dev.caretaker.pipeline;

import static dev.caretaker.pipeline.Told.actions;
import static dev.caretaker.pipeline.Told.sentence;
import static dev.caretaker.testkit.APipeline.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import dev.caretaker.testkit.APipeline;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndingTest {
  private static APipeline going(Deletion deletion) {
    var pipeline = aPipeline("i-1", "i-2");
    pipeline.passes();
    pipeline.wish.deleting = true;
    pipeline.wish.deletion = deletion;
    return pipeline;
  }

  @Test
  void shouldTouchNothingByDefault() {
    var ended = going(Deletion.ORPHAN).passes();

    assertThat(ended.ended()).isTrue();
    assertThat(ended.actions()).isEmpty();
    assertThat(ended.summary().demand()).isEmpty();
  }

  @Test
  void shouldDeleteWhatStaysEmptyOnceTheWorkersHaveStopped() {
    var pipeline = going(Deletion.DELETE);

    assertThat(actions(pipeline.passes())).isEmpty();
    assertThat(actions(pipeline.later(Duration.ofMinutes(2)).passes()))
        .containsExactly("StopProgram i-1", "StopProgram i-2");
    assertThat(actions(pipeline.passes()))
        .containsExactly("DeleteQueue work", "DeleteBucket sources");
    assertThat(actions(pipeline.passes())).containsExactly("DeleteQueue dead");
    var ended = pipeline.passes();
    assertThat(ended.actions()).isEmpty();
    assertThat(ended.ended()).isTrue();
    assertThat(pipeline.coverage.names()).isNotEmpty();
  }

  @Test
  void neverDeletesAQueueThatHoldsAMessage() {
    var pipeline = going(Deletion.DELETE).queueHolds(1);

    var ended = pipeline.passes();

    assertThat(ended.ended()).isTrue();
    assertThat(ended.actions()).isEmpty();
  }

  @Test
  void shouldStartTheWorkersAgainWhereMessagesCameInTheMeantime() {
    var pipeline = going(Deletion.DELETE);
    pipeline.passes();
    pipeline.later(Duration.ofMinutes(2)).passes();
    pipeline.queueHolds(3);

    var again = pipeline.passes();
    assertThat(actions(again)).containsExactly("StartProgram i-1", "StartProgram i-2");
    assertThat(again.ended()).isFalse();
    assertThat(pipeline.passes().ended()).isTrue();
  }

  @Test
  void shouldLeaveWhatIsNotItsOwn() {
    var pipeline = going(Deletion.DELETE);
    pipeline.passes();
    pipeline.later(Duration.ofMinutes(2)).passes();
    for (int i = 0; i < 8; i++) {
      pipeline.passesInVain("not tagged as this pipeline's");
      pipeline.later(Duration.ofMinutes(1));
    }

    assertThat(pipeline.looks().ended()).isTrue();
    assertThat(pipeline.queue.ifKnown()).isPresent();
  }

  /** Messages that nobody can work on would go round in it until they are lost. */
  @Test
  void neverTakesTheDeadLetterQueueFromAQueueThatStays() {
    var pipeline = going(Deletion.DELETE);
    pipeline.passes();
    pipeline.later(Duration.ofMinutes(2)).passes();
    var asked = new ArrayList<String>();
    for (int i = 0; i < 8; i++) {
      asked.addAll(actions(pipeline.passesInVain("not tagged as this pipeline's")));
      pipeline.later(Duration.ofMinutes(1));
    }

    assertThat(asked).contains("DeleteQueue work").doesNotContain("DeleteQueue dead");
  }

  @Test
  void neverTakesAQueueThatCannotBeReadForEmptyAndEndsInTheEnd() {
    var pipeline = going(Deletion.DELETE);
    pipeline.queue = Observed.unknown("throttled");

    assertThat(pipeline.passes().ended()).isFalse();
    var late = pipeline.later(Duration.ofMinutes(20)).passes();
    assertThat(late.actions()).isEmpty();
    assertThat(late.ended()).isTrue();
  }

  @Test
  void shouldDoNothingWhereAnOlderResourceNamesTheSameQueue() {
    var pipeline = aPipeline("i-1").queueHolds(1000);
    pipeline.otherOwners = List.of("EtlPipeline default/older");
    pipeline.worker("i-1").stops();

    var refused = pipeline.passes();

    assertThat(refused.actions()).isEmpty();
    assertThat(refused.summary().demand()).isEmpty();
    assertThat(sentence(refused, "Stalled")).contains("default/older", "delete one of them");
  }

  @Test
  void shouldShowDriftAndChangeNothing() {
    var pipeline = aPipeline("i-1");
    var is = pipeline.queue.ifKnown().flatMap(each -> each).orElseThrow();
    pipeline.queue =
        Observed.known(
            Optional.of(
                new QueueView(
                    new QueueAttributes(
                        Duration.ofDays(4),
                        is.attributes().visibility(),
                        is.attributes().deadLetter()),
                    0,
                    0,
                    0,
                    Optional.empty(),
                    Optional.empty())));

    var told = pipeline.passes();

    assertThat(told.actions()).isEmpty();
    assertThat(sentence(told, "QueueInSync")).contains("retention is PT96H and shall be PT336H");
  }
}
