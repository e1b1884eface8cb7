package dev.caretaker.pipeline;

import static dev.caretaker.pipeline.Told.actions;
import static dev.caretaker.pipeline.Told.sentence;
import static dev.caretaker.testkit.APipeline.NOW;
import static dev.caretaker.testkit.APipeline.aPipeline;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.testkit.APipeline;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** An index of which a snapshot is asked for goes only once all that is in it is in that. */
class SnapshotBeforeDeletionTest {
  private static final String OLD = "coverage20261110_000000";
  private static final String NEXT = "coverage20261111_000000";
  private static final String TODAY = "coverage20261128_000000";
  private static final Duration DOUBT = Duration.ofMinutes(5);

  /** Two weeks are kept, and one index is older; it is looked at from {@code NOW} on. */
  private static APipeline watched() {
    var pipeline = aPipeline("i-1");
    pipeline.coverage.index(OLD).index(NEXT).writes(TODAY);
    pipeline.coverage.writes(OLD, Observed.known(100L));
    pipeline.wish.keep = Optional.of(Duration.ofDays(14));
    pipeline.wish.snapshot = Optional.of("s3");
    pipeline.passes();
    return pipeline;
  }

  @Test
  void shouldDeleteWhatASnapshotHoldsThatWasBegunAfterItsLastWrite() {
    var pipeline = watched();
    pipeline.coverage.snapshot(OLD, NOW.plus(DOUBT));

    assertThat(actions(pipeline.passes())).containsExactly("DeleteIndex " + OLD);
    assertThat(actions(pipeline.passes())).isEmpty();
    assertThat(pipeline.progress.quiet()).doesNotContainKey("uuid-" + OLD);
  }

  @Test
  void shouldSayWhyItStaysAndWhatWouldLetItGo() {
    var pipeline = watched();

    var none = pipeline.passes();
    assertThat(actions(none)).isEmpty();
    assertThat(sentence(none, "TablesEstablished"))
        .contains("older than keep and stay: no snapshot of " + OLD + " is in s3")
        .contains("what lifts it: a snapshot of " + OLD + " into s3");

    pipeline.coverage.snapshot(OLD, NOW.minusSeconds(1));
    assertThat(sentence(pipeline.passes(), "TablesEstablished"))
        .contains("was begun at " + NOW.minusSeconds(1), "only since " + NOW + " is nothing");
  }

  /** Its period ended long before the snapshot, but nobody has looked since. */
  @Test
  void neverTakesASnapshotAfterThePeriodForOneAfterTheLastWrite() {
    var pipeline = watched();
    pipeline.coverage.snapshot(OLD, Instant.parse("2026-11-20T00:00:00Z"));

    assertThat(actions(pipeline.passes())).isEmpty();
  }

  @Test
  void neverDeletesWhatClocksThatDifferMayHaveLeftOut() {
    var pipeline = watched();
    pipeline.coverage.snapshot(OLD, NOW.plus(DOUBT).minusMillis(1));

    assertThat(actions(pipeline.passes())).isEmpty();
  }

  @Test
  void shouldWaitForAnotherSnapshotAfterALateWrite() {
    var pipeline = watched();
    pipeline.coverage.snapshot(OLD, NOW.plus(DOUBT)).writes(OLD, Observed.known(101L));

    assertThat(actions(pipeline.later(Duration.ofMinutes(20)).passes())).isEmpty();
    pipeline.coverage.snapshot(OLD, NOW.plus(Duration.ofHours(1)));
    assertThat(actions(pipeline.passes())).containsExactly("DeleteIndex " + OLD);
  }

  /** The count goes with the index: what it is again, it was all the while. */
  @Test
  void shouldKeepWhatItKnewWhileItCannotCount() {
    var pipeline = watched();
    pipeline.coverage.writes(OLD, Observed.unknown("0 of its 1 primaries told"));
    pipeline.coverage.snapshot(OLD, NOW.plus(DOUBT));

    var unknown = pipeline.later(Duration.ofHours(1)).passes();
    assertThat(actions(unknown)).isEmpty();
    assertThat(sentence(unknown, "TablesEstablished")).contains("0 of its 1 primaries told");

    pipeline.coverage.writes(OLD, Observed.known(100L));
    assertThat(actions(pipeline.passes())).containsExactly("DeleteIndex " + OLD);
  }

  @Test
  void shouldNotForgetWhileATableCannotBeRead() {
    var pipeline = watched();
    var known = pipeline.progress.quiet();
    pipeline.tablesRead = false;
    pipeline.passes();

    assertThat(pipeline.progress.quiet()).isEqualTo(known).containsKey("uuid-" + OLD);
  }

  @Test
  void shouldWaitForAnotherSnapshotWhereItsMemoryIsLost() {
    var pipeline = watched();
    pipeline.coverage.snapshot(OLD, NOW.plus(DOUBT));
    pipeline.progress = PipelineProgress.NONE;

    assertThat(actions(pipeline.later(Duration.ofMinutes(1)).passes())).isEmpty();
    pipeline.coverage.snapshot(OLD, pipeline.now.plus(DOUBT));
    assertThat(actions(pipeline.passes())).containsExactly("DeleteIndex " + OLD);
  }

  /**
   * Where {@code keep} is near {@code rollover}, its last documents come while it is the oldest.
   */
  @Test
  void neverDeletesWhatCameWhileItsAliasWasSwitchedLate() {
    var pipeline = aPipeline("i-1");
    pipeline.wish.keep = Optional.of(Duration.ofDays(1));
    pipeline.wish.snapshot = Optional.of("s3");
    pipeline.coverage.writes(TODAY, Observed.known(100L));
    pipeline.passes();
    pipeline.now = Instant.parse("2026-11-28T23:30:00Z");
    assertThat(actions(pipeline.passes())).containsExactly("CreateIndex coverage20261129_000000");
    pipeline.coverage.snapshot(TODAY, Instant.parse("2026-11-29T00:10:00Z"));
    pipeline.now = Instant.parse("2026-11-29T00:20:00Z");
    assertThat(actions(pipeline.passes())).containsExactly("WriteTo coverage20261129_000000");

    pipeline.now = Instant.parse("2026-11-30T00:10:00Z");
    assertThat(actions(pipeline.passes(4))).isEmpty();
    pipeline.coverage.snapshot(TODAY, pipeline.now.plus(DOUBT));
    assertThat(actions(pipeline.passes())).containsExactly("DeleteIndex " + TODAY);
  }
}
