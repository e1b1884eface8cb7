package dev.caretaker.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.pipeline.guard.PipelineRules;
import java.util.HashSet;
import org.junit.jupiter.api.Test;

class PipelineRulesTest {
  @Test
  void shouldNameEachRuleOnceAndTakeOneAway() {
    var rules = PipelineRules.standard();

    assertThat(new HashSet<>(rules.names())).hasSameSizeAs(rules.names());
    assertThat(rules.without("PeriodIsPast").names())
        .hasSize(rules.names().size() - 1)
        .doesNotContain("PeriodIsPast");
    assertThatThrownBy(() -> rules.without("NoSuchRule")).hasMessageContaining("PeriodIsPast");
  }
}
