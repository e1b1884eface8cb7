package dev.caretaker.sandbox.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StormVerdictTest {

  private static ObjectNode goodLine() {
    return JsonNodeFactory.instance
        .objectNode()
        .put("scenario", "spot-storm")
        .put("lost", 0)
        .put("terminatedUnreleased", 0)
        .put("doubleBuys", 0)
        .put("orphans", 0)
        .put("minutesOverBudget", 0)
        .put("minutesOverBudgetBySafety", 1.5)
        .put("minutesOverBudgetByFloor", 2)
        .put("stolenMessages", 0)
        .put("noticeToActionP99Ms", 900)
        .put("leakedSettings", 0)
        .put("seconds", 900);
  }

  @Test
  void shouldAcceptWhatSafetyAndFloorCost() {
    assertThat(StormVerdict.of(goodLine())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "lost",
        "terminatedUnreleased",
        "doubleBuys",
        "orphans",
        "minutesOverBudget",
        "stolenMessages",
        "leakedSettings"
      })
  void shouldRefuseAnythingElse(String field) {
    var line = goodLine();
    line.put(field, 0.01);
    assertThat(StormVerdict.of(line)).singleElement().asString().contains(field);

    line.remove(field);
    assertThat(StormVerdict.of(line)).singleElement().asString().contains(field);
  }

  @Test
  void shouldRefuseANoticeThatNobodyActedOnInTime() {
    assertThat(StormVerdict.of(goodLine().put("noticeToActionP99Ms", -1))).hasSize(1);
    assertThat(StormVerdict.of(goodLine().put("noticeToActionP99Ms", 60_000))).hasSize(1);
  }
}
