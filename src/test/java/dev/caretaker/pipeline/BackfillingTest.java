package dev.caretaker.pipeline;

import static dev.caretaker.pipeline.Told.actions;
import static dev.caretaker.pipeline.Told.all;
import static dev.caretaker.testkit.APipeline.NOW;
import static dev.caretaker.testkit.APipeline.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.PipelineProgressCodec;
import dev.caretaker.pipeline.action.PipelineAction.SendObjects;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.Backfill.Order;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.testkit.APipeline;
import dev.caretaker.testkit.AWish;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BackfillingTest {
  private static final List<SourceObject> OBJECTS =
      List.of(object("tc.5"), object("tc.4"), object("tc.3"), object("tc.2"), object("tc.1"));

  private static SourceObject object(String key) {
    return new SourceObject(key, NOW.minus(Duration.ofDays(1)));
  }

  private static Backfill of(int days) {
    return new Backfill(
        AWish.BUCKET, "tc.", NOW.minus(Duration.ofDays(days)), NOW, Order.NEWEST_FIRST, 2, 100);
  }

  private static APipeline backfilling() {
    var pipeline = aPipeline("i-1");
    pipeline.passes();
    pipeline.wish.backfill = Optional.of(of(30));
    return pipeline;
  }

  /** What S3 lists after the last object that was sent. */
  private static void list(APipeline pipeline) {
    var after = pipeline.progress.sentOf(pipeline.wish.backfill.orElseThrow());
    int from = after.map(OBJECTS::indexOf).orElse(-1) + 1;
    pipeline.source = Observed.known(OBJECTS.subList(from, Math.min(from + 2, OBJECTS.size())));
  }

  /** What is sent once the last batch was heard of and counted. */
  private static List<SourceObject> sent(APipeline pipeline) {
    var sent = new ArrayList<SourceObject>();
    for (int i = 0; i < 2; i++) {
      list(pipeline);
      all(pipeline.later(Duration.ofMinutes(2)).passes(), SendObjects.class)
          .forEach(each -> sent.addAll(each.objects()));
    }
    return sent;
  }

  @Test
  void shouldSendEachObjectOnceAndEndWithTheLast() {
    var pipeline = backfilling();
    var sent = new ArrayList<SourceObject>();
    for (int i = 0; i < 6; i++) {
      sent.addAll(sent(pipeline));
    }

    assertThat(sent).isEqualTo(OBJECTS);
    var done = pipeline.passes();
    assertThat(done.progress().backfill().orElseThrow().done()).isTrue();
    assertThat(done.summary().backfillSent()).hasValue(5);
  }

  @Test
  void neverRemembersMoreThanAResourceCanHold() {
    var pipeline = backfilling();
    pipeline.wish.backfill =
        Optional.of(
            new Backfill(
                AWish.BUCKET,
                "",
                NOW.minus(Duration.ofDays(30)),
                NOW,
                Order.NEWEST_FIRST,
                9000,
                100));
    var all = IntStream.range(0, 9000).mapToObj(i -> object("k".repeat(1000) + i)).toList();
    pipeline.source = Observed.known(all);

    var batch = all(pipeline.passes(), SendObjects.class).get(0).objects();

    var saved = PipelineProgressCodec.encode(pipeline.progress).toString();
    assertThat(saved.length()).isLessThan(500_000);
    assertThat(batch).isNotEmpty().isEqualTo(all.subList(0, batch.size()));
  }

  @Test
  void shouldSendABatchAgainUnchangedUntilItsOutcomeIsKnown() {
    var pipeline = backfilling();
    list(pipeline);
    var first = all(pipeline.passes(), SendObjects.class).get(0).objects();
    pipeline.outcomes = List.of();

    pipeline.source = Observed.known(List.of(object("tc.9")));
    assertThat(all(pipeline.passes(), SendObjects.class).get(0).objects()).isEqualTo(first);
    pipeline.passes();
    assertThat(pipeline.progress.backfill().orElseThrow().after()).contains(first.get(1));
  }

  @Test
  void neverSendsTheNextBatchBeforeTheQueueWasCounted() {
    var pipeline = backfilling();
    list(pipeline);
    assertThat(actions(pipeline.passes())).containsExactly("SendObjects work");

    list(pipeline);
    assertThat(actions(pipeline.passes())).isEmpty();
    list(pipeline);
    assertThat(actions(pipeline.passes())).isEmpty();
    assertThat(sent(pipeline)).containsExactly(OBJECTS.get(2), OBJECTS.get(3));
  }

  @Test
  void neverSendsWhileTheBacklogIsLarger() {
    var pipeline = backfilling().queueHolds(101);
    assertThat(sent(pipeline)).isEmpty();

    pipeline.queue = Observed.unknown("throttled");
    assertThat(sent(pipeline)).isEmpty();
    assertThat(sent(pipeline.queueHolds(100))).hasSize(2);
  }

  @Test
  void shouldGoOnAfterAFailureOfTheQueue() {
    var pipeline = backfilling();
    list(pipeline);
    pipeline.passesInVain("ServiceUnavailable");

    assertThat(sent(pipeline)).containsExactly(OBJECTS.get(0), OBJECTS.get(1));
    assertThat(sent(pipeline)).containsExactly(OBJECTS.get(2), OBJECTS.get(3));
  }

  @Test
  void shouldBeginAnewWithAnotherRangeAndForgetWhatNobodyWants() {
    var pipeline = backfilling();
    sent(pipeline);
    pipeline.passes();
    pipeline.wish.backfill = Optional.of(of(60));

    assertThat(sent(pipeline)).containsExactly(OBJECTS.get(0), OBJECTS.get(1));
    pipeline.wish.backfill = Optional.empty();
    assertThat(pipeline.passes().progress().backfill()).isEmpty();
  }

  @Test
  void neverSendsWhileItIsStoppedOrPaused() {
    var pipeline = backfilling();
    pipeline.wish.paused = true;
    assertThat(sent(pipeline)).isEmpty();

    pipeline.wish.paused = false;
    pipeline.wish.running = false;
    assertThat(sent(pipeline)).isEmpty();
  }
}
