package dev.caretaker.pipeline;

import static dev.caretaker.pipeline.Told.actions;
import static dev.caretaker.pipeline.Told.sentence;
import static dev.caretaker.testkit.APipeline.aNewPipeline;
import static dev.caretaker.testkit.APipeline.aPipeline;
import static dev.caretaker.testkit.AWorker.aWorker;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.pipeline.table.IndexName;
import dev.caretaker.testkit.APipeline;
import dev.caretaker.testkit.ATable;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Rollover and expiry, and the races that the predecessor's tables were lost in. */
class RolloverTest {
  private static final String TODAY = "coverage20261128_000000";
  private static final String TOMORROW = "coverage20261129_000000";
  private static final Instant MIDNIGHT = Instant.parse("2026-11-29T00:00:00Z");

  private static APipeline at(String time) {
    var pipeline = aPipeline("i-1");
    pipeline.passes();
    pipeline.now = Instant.parse(time);
    return pipeline;
  }

  /** Two weeks are kept, and the days from the 10th on are there. */
  private static APipeline keepingTwoWeeks() {
    var pipeline = aPipeline("i-1");
    for (int day = 10; day < 28; day++) {
      pipeline.coverage.index("coverage202611" + day + "_000000");
    }
    pipeline.wish.keep = Optional.of(Duration.ofDays(14));
    return pipeline;
  }

  @Test
  void shouldMakeTheNextIndexAnHourBeforeItsPeriodAndNoEarlier() {
    assertThat(actions(at("2026-11-28T22:59:59Z").passes())).isEmpty();

    assertThat(actions(at("2026-11-28T23:00:00Z").passes()))
        .containsExactly("CreateIndex " + TOMORROW);
  }

  @Test
  void shouldBeginWeeksOnMonday() {
    var pipeline = at("2026-11-28T12:00:00Z");
    pipeline.wish.rollover = Duration.ofDays(7);
    var months = at("2026-11-28T12:00:00Z").wish.coverage();

    assertThat(IndexName.at(pipeline.wish.coverage(), pipeline.now))
        .hasToString("coverage20261123_000000");
    assertThat(IndexName.at(pipeline.wish.coverage(), Instant.parse("1969-12-31T00:00:00Z")))
        .hasToString("coverage19691229_000000");
    assertThat(IndexName.at(months, pipeline.now)).hasToString(TODAY);
  }

  /** As the week was counted from Thursday before. */
  @Test
  void shouldGoOnWithAWeekThatBeganOnAnotherDay() {
    var pipeline = aPipeline("i-1");
    pipeline.wish.rollover = Duration.ofDays(7);
    pipeline.coverage.delete(TODAY);
    pipeline.coverage.established("coverage20261126_000000");
    pipeline.passes();

    pipeline.now = Instant.parse("2026-11-29T23:30:00Z");
    assertThat(actions(pipeline.passes())).isEmpty();
    pipeline.now = Instant.parse("2026-11-30T00:00:00Z");
    assertThat(actions(pipeline.passes())).containsExactly("CreateIndex coverage20261130_000000");
    assertThat(actions(pipeline.passes())).containsExactly("WriteTo coverage20261130_000000");
    assertThat(pipeline.coverage.names())
        .containsExactly("coverage20261126_000000", "coverage20261130_000000");
  }

  @Test
  void shouldWriteToTheNextIndexFromItsBeginningOn() {
    var pipeline = at("2026-11-28T23:59:59Z");
    pipeline.coverage.lookAlike(TOMORROW);

    assertThat(actions(pipeline.passes())).isEmpty();
    pipeline.now = MIDNIGHT;
    assertThat(actions(pipeline.passes())).containsExactly("WriteTo " + TOMORROW);
    assertThat(pipeline.coverage.names()).containsExactly(TODAY, TOMORROW);
  }

  @Test
  void neverTakesAnIndexThatItMadeForALookAlike() {
    var pipeline = at("2026-11-28T23:30:00Z");
    pipeline.coverage.lookAlike(TOMORROW);

    assertThat(sentence(pipeline.passes(), "TablesEstablished")).contains("are written to");
  }

  @Test
  void shouldTakeUpAnIndexThatAnotherCreatorMadeAndLeftWithoutItsAlias() {
    var pipeline = aNewPipeline().with(aWorker("i-1"));
    pipeline.coverage.template(ATable.TEMPLATE).lookAlike(TODAY);
    pipeline.passes(2);

    assertThat(actions(pipeline.passes())).containsExactly("WriteTo " + TODAY);
  }

  @Test
  void shouldGiveTheAliasOfSeveralIndicesOneThatIsWrittenTo() {
    var pipeline = at("2026-11-28T12:00:00Z");
    pipeline.coverage.delete(TODAY);
    pipeline.coverage.index("coverage20261127_000000").index(TODAY);

    assertThat(actions(pipeline.passes())).containsExactly("WriteTo " + TODAY);
    assertThat(pipeline.coverage.written()).contains(TODAY);
  }

  @Test
  void shouldLeaveOutThePeriodsOfALongOutage() {
    var pipeline = at("2026-12-05T03:00:00Z");

    assertThat(actions(pipeline.passes())).containsExactly("CreateIndex coverage20261205_000000");
    assertThat(actions(pipeline.passes())).containsExactly("WriteTo coverage20261205_000000");
    assertThat(actions(pipeline.passes())).isEmpty();
  }

  @Test
  void neverWritesBackwardsWhenAClockIsSetBack() {
    var pipeline = at("2026-11-29T00:00:00Z");
    pipeline.coverage.index(TOMORROW).writes(TOMORROW);
    pipeline.now = Instant.parse("2026-11-28T23:59:50Z");

    assertThat(actions(pipeline.passes())).isEmpty();
  }

  @Test
  void shouldGoOnRollingOverWhileItIsPaused() {
    var pipeline = at("2026-11-29T00:00:00Z");
    pipeline.wish.paused = true;

    assertThat(actions(pipeline.passes())).containsExactly("CreateIndex " + TOMORROW);
    assertThat(actions(pipeline.passes())).containsExactly("WriteTo " + TOMORROW);
  }

  @Test
  void shouldDeleteOneAfterTheOtherWhatIsOlderThanTwoWeeks() {
    var pipeline = keepingTwoWeeks();

    assertThat(actions(pipeline.passes())).containsExactly("DeleteIndex coverage20261110_000000");
    assertThat(actions(pipeline.passes())).containsExactly("DeleteIndex coverage20261111_000000");
    assertThat(actions(pipeline.passes())).containsExactly("DeleteIndex coverage20261112_000000");
    // The 13th ended on the 14th at midnight, and all that is younger than two weeks stays.
    assertThat(actions(pipeline.passes())).containsExactly("DeleteIndex coverage20261113_000000");
    assertThat(actions(pipeline.passes())).isEmpty();
    assertThat(pipeline.coverage.names().get(0)).isEqualTo("coverage20261114_000000");
  }

  @Test
  void neverDeletesAnIndexThatWasWrittenToThroughAnOutage() {
    var pipeline = aPipeline("i-1");
    pipeline.wish.keep = Optional.of(Duration.ofDays(14));
    pipeline.coverage.index("coverage20261101_000000");

    assertThat(actions(pipeline.passes())).isEmpty();
  }

  @Test
  void neverDeletesWhatHasAnotherNameOrNoAlias() {
    var pipeline = keepingTwoWeeks();
    pipeline.coverage.index("coverage-v1").lookAlike("coverage20260101_000000");
    pipeline.coverage.index("coverage20261399_000000");

    pipeline.passes(10);

    assertThat(pipeline.coverage.names()).contains("coverage-v1", "coverage20261399_000000");
    assertThat(pipeline.coverage.view().lookAlikes()).contains("coverage20260101_000000");
  }

  @Test
  void neverDeletesTheWrittenIndexHoweverOldItIs() {
    var pipeline = aPipeline("i-1");
    pipeline.wish.keep = Optional.of(Duration.ofDays(14));
    pipeline.passes();
    pipeline.later(Duration.ofDays(60));
    pipeline.tablesRead = true;

    assertThat(actions(pipeline.passes())).containsExactly("CreateIndex coverage20270127_000000");
    assertThat(pipeline.coverage.names()).containsExactly(TODAY);
  }

  @Test
  void neverDeletesWhileItIsPaused() {
    var pipeline = keepingTwoWeeks();
    pipeline.wish.paused = true;

    assertThat(actions(pipeline.passes())).isEmpty();
  }

  @Test
  void shouldKeepFiveWeeksOfAWeeklyTable() {
    var pipeline = aPipeline("i-1");
    pipeline.wish.rollover = Duration.ofDays(7);
    pipeline.wish.keep = Optional.of(Duration.ofDays(35));
    pipeline.coverage.delete(TODAY);
    pipeline.coverage.established("coverage20261126_000000");
    pipeline.coverage.index("coverage20261015_000000").index("coverage20261022_000000");

    assertThat(actions(pipeline.passes())).containsExactly("DeleteIndex coverage20261015_000000");
    // Its week was continued, for the next one was left out.
    assertThat(actions(pipeline.passes())).isEmpty();
  }

  @Test
  void shouldGoOnWhereAnotherPeriodIsAskedFor() {
    var longer = at("2026-11-28T12:00:00Z");
    longer.wish.rollover = Duration.ofDays(7);
    assertThat(actions(longer.passes())).isEmpty();

    var shorter = at("2026-11-28T12:00:00Z");
    shorter.wish.rollover = Duration.ofHours(1);
    assertThat(actions(shorter.passes())).containsExactly("CreateIndex coverage20261128_120000");
  }
}
