package dev.caretaker.sandbox.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineVerdictTest {

  private static ObjectNode goodLine() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("scenario", "pipeline")
        .put("sent", 9000)
        .put("stored", 9000)
        .put("backfilled", 180)
        .put("lost", 0)
        .put("duplicates", 0)
        .put("lookalikeTables", 0)
        .put("machinesOnWrongRevision", 0)
        .put("oldestAgeSeconds", 400)
        .put("usd", 0.3)
        .put("seconds", 1200);
  }

  @Test
  void shouldAcceptThatEveryMessageWasStoredOnce() {
    assertThat(PipelineVerdict.of(goodLine())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"lost", "duplicates", "lookalikeTables", "machinesOnWrongRevision"})
  void shouldRefuseAnythingElse(String field) {
    var line = goodLine();
    line.put(field, 1);
    assertThat(PipelineVerdict.of(line)).singleElement().asString().contains(field);

    line.remove(field);
    assertThat(PipelineVerdict.of(line)).singleElement().asString().contains(field);
  }

  @Test
  void shouldRefuseARunThatStoredOtherwiseThanItSent() {
    assertThat(PipelineVerdict.of(goodLine().put("stored", 8999))).hasSize(1);
    assertThat(PipelineVerdict.of(goodLine().put("sent", 0).put("stored", 0))).hasSize(1);
  }

  @Test
  void shouldRefuseABackfillOfNothing() {
    assertThat(PipelineVerdict.of(goodLine().put("backfilled", 0)))
        .singleElement()
        .asString()
        .contains("backfilled");
  }

  @Test
  void shouldRefuseObjectsFromOutsideOfTheBackfill() {
    var archive = new Archive(Instant.EPOCH, Instant.EPOCH, Set.of(1L, 2L), Set.of(3L, 4L));

    assertThat(PipelineVerdict.unasked(Set.of(1L, 2L, 9L), archive)).isEmpty();
    assertThat(PipelineVerdict.unasked(Set.of(1L, 4L), archive))
        .singleElement()
        .asString()
        .contains("object 4");
  }
}
