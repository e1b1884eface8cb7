package dev.caretaker.contract;

import static dev.caretaker.contract.BucketGround.BUCKET;
import static dev.caretaker.contract.BucketGround.PIPELINE;
import static dev.caretaker.contract.BucketGround.backfill;
import static dev.caretaker.contract.BucketGround.between;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.pipeline.action.PipelineAction.CreateBucket;
import dev.caretaker.pipeline.action.PipelineAction.DeleteBucket;
import dev.caretaker.pipeline.model.Backfill.Order;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the pipeline's decider relies on, whoever answers: the simulated world, or S3. */
abstract class BucketPortContract {
  private static final int ALL = 1000;

  abstract BucketGround ground();

  @AfterEach
  void tidyUp() {
    ground().close();
  }

  private void make() throws PortException {
    ground().port().perform(PIPELINE, new CreateBucket(BUCKET));
  }

  private void refusesToDelete(PipelineId pipeline) {
    var refusal =
        catchThrowableOfType(
            PortException.class, () -> ground().port().perform(pipeline, new DeleteBucket(BUCKET)));
    assertThat(refusal).isNotNull();
    assertThat(refusal.kind()).isEqualTo(Kind.REFUSED);
    assertThat(ground().read(BUCKET)).isEqualTo(BucketState.USABLE);
  }

  @Test
  void shouldKnowThatThereIsNoBucket() {
    assertThat(ground().read(BUCKET)).isEqualTo(BucketState.ABSENT);
  }

  @Test
  void shouldMakeABucketOnce() throws PortException {
    make();
    ground().put(BUCKET, "a");
    make();

    assertThat(ground().read(BUCKET)).isEqualTo(BucketState.USABLE);
    assertThat(ground().next(backfill("", Order.OLDEST_FIRST, ALL), Optional.empty())).hasSize(1);
  }

  @Test
  void shouldDeleteItsOwnEmptyBucket() throws PortException {
    make();

    ground().port().perform(PIPELINE, new DeleteBucket(BUCKET));

    assertThat(ground().read(BUCKET)).isEqualTo(BucketState.ABSENT);
    ground().port().perform(PIPELINE, new DeleteBucket(BUCKET));
  }

  @Test
  void neverDeletesABucketThatHoldsAnything() throws PortException {
    make();
    ground().put(BUCKET, "a");

    refusesToDelete(PIPELINE);
  }

  @Test
  void neverDeletesABucketThatItHasNotMade() throws PortException {
    ground().stranger(BUCKET);
    make();

    refusesToDelete(PIPELINE);
  }

  @Test
  void neverDeletesTheBucketOfANamesake() throws PortException {
    make();

    refusesToDelete(new PipelineId(PIPELINE.namespace(), PIPELINE.name(), "another-uid"));
  }

  @Test
  void shouldNotTakeAnAbsentBucketForAnEmptyOne() {
    var read = ground().port().next(backfill("", Order.OLDEST_FIRST, ALL), Optional.empty());

    assertThat(read.ifKnown()).isEmpty();
  }

  /** Keys that sort otherwise than their times, at two times. */
  private List<SourceObject> fill() throws PortException {
    make();
    for (var key : List.of("tc.9", "tc.1", "other.1", "tc.5 +\u00e9&")) {
      ground().put(BUCKET, key);
    }
    ground().aWhile();
    for (var key : List.of("tc.3", "tc.0", "tc.7")) {
      ground().put(BUCKET, key);
    }
    return ground().next(backfill("tc.", Order.OLDEST_FIRST, ALL), Optional.empty());
  }

  @Test
  void shouldGiveTheObjectsOfAPrefixInOrder() throws PortException {
    var oldest = fill();
    var newest = ground().next(backfill("tc.", Order.NEWEST_FIRST, ALL), Optional.empty());

    assertThat(oldest)
        .extracting(SourceObject::key)
        .containsExactlyInAnyOrder("tc.9", "tc.1", "tc.5 +\u00e9&", "tc.3", "tc.0", "tc.7");
    assertThat(oldest).isSortedAccordingTo(backfill("tc.", Order.OLDEST_FIRST, ALL).sequence());
    assertThat(newest)
        .isSortedAccordingTo(backfill("tc.", Order.NEWEST_FIRST, ALL).sequence())
        .containsExactlyInAnyOrderElementsOf(oldest);
    assertThat(oldest.get(0).modifiedAt()).isBefore(oldest.get(5).modifiedAt());
  }

  @ParameterizedTest
  @EnumSource
  void shouldGoOnAfterTheLastOneThatWasSent(Order order) throws PortException {
    fill();
    var whole = ground().next(backfill("tc.", order, ALL), Optional.empty());

    var parts = new ArrayList<SourceObject>();
    var after = Optional.<SourceObject>empty();
    for (int call = 0; call < 4; call++) {
      var part = ground().next(backfill("tc.", order, 2), after);
      assertThat(part).hasSizeLessThanOrEqualTo(2);
      parts.addAll(part);
      after = Optional.of(parts.get(parts.size() - 1));
    }

    assertThat(parts).isEqualTo(whole);
  }

  /** Whoever has lost what was sent begins anew, and one who is far on skips the rest. */
  @Test
  void shouldBelieveTheCursor() throws PortException {
    var whole = fill();
    var backfill = backfill("tc.", Order.OLDEST_FIRST, ALL);

    assertThat(ground().next(backfill, Optional.of(whole.get(3)))).isEqualTo(whole.subList(4, 6));
    assertThat(ground().next(backfill, Optional.of(whole.get(5)))).isEmpty();
    assertThat(ground().next(backfill, Optional.of(whole.get(0)))).isEqualTo(whole.subList(1, 6));
    assertThat(ground().next(backfill, Optional.empty())).isEqualTo(whole);
  }

  @Test
  void shouldKeepToTheTimesAskedFor() throws PortException {
    var whole = fill();
    var first = whole.get(0).modifiedAt();
    var last = whole.get(5).modifiedAt();

    var early =
        ground().next(between(first, last, "tc.", Order.OLDEST_FIRST, ALL), Optional.empty());
    var late =
        ground()
            .next(
                between(last, last.plusSeconds(1), "tc.", Order.OLDEST_FIRST, ALL),
                Optional.empty());

    assertThat(early).isNotEmpty().noneMatch(each -> each.modifiedAt().equals(last));
    assertThat(late).isNotEmpty().allMatch(each -> each.modifiedAt().equals(last));
  }
}
