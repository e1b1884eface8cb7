package dev.caretaker.contract;

import static dev.caretaker.contract.BucketGround.BUCKET;
import static dev.caretaker.contract.BucketGround.backfill;
import static dev.caretaker.contract.BucketGround.between;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.pipeline.model.Backfill.Order;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.SourceObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a backfill relies on, whoever answers: nothing here is made or deleted by Caretaker. */
abstract class BucketListingContract {
  static final int ALL = 1000;

  abstract BucketGround ground();

  @AfterEach
  void tidyUp() {
    ground().close();
  }

  @Test
  void shouldKnowThatThereIsNoBucket() {
    assertThat(ground().read(BUCKET)).isEqualTo(BucketState.ABSENT);
  }

  @Test
  void shouldNotTakeAnAbsentBucketForAnEmptyOne() {
    var read = ground().port().next(backfill("", Order.OLDEST_FIRST, ALL), Optional.empty());

    assertThat(read.ifKnown()).isEmpty();
  }

  /** Keys that sort otherwise than their times, at two times. */
  private List<SourceObject> fill() {
    ground().stranger(BUCKET);
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
  void shouldGiveTheObjectsOfAPrefixInOrder() {
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
  void shouldGoOnAfterTheLastOneThatWasSent(Order order) {
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
  void shouldBelieveTheCursor() {
    var whole = fill();
    var backfill = backfill("tc.", Order.OLDEST_FIRST, ALL);

    assertThat(ground().next(backfill, Optional.of(whole.get(3)))).isEqualTo(whole.subList(4, 6));
    assertThat(ground().next(backfill, Optional.of(whole.get(5)))).isEmpty();
    assertThat(ground().next(backfill, Optional.of(whole.get(0)))).isEqualTo(whole.subList(1, 6));
    assertThat(ground().next(backfill, Optional.empty())).isEqualTo(whole);
  }

  @Test
  void shouldKeepToTheTimesAskedFor() {
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
