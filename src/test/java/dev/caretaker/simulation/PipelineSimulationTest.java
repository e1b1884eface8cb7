package dev.caretaker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.pipeline.guard.PipelineRules;
import dev.caretaker.world.simulation.Simulation;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A pipeline does no harm on many random platforms; {@code caretaker simulate} takes more. */
class PipelineSimulationTest {
  private static final long SEEDS = 100;

  @Test
  void neverDoesHarmAndAlwaysComesToItsEnd() {
    var bad = new Simulation(PipelineRules.standard()).run(1, SEEDS, done -> {});

    assertThat(bad).isEmpty();
  }

  /**
   * Seeds that once showed harm: an index deleted before the late rollover after it was old enough
   * (18), a busy program stopped again right after its restart (37), updates that a look did not
   * show counted for none (10), a trial's machine given back because the fleet could not be read
   * (230), a machine of no further use that kept others from their code (162), files removed right
   * after the stop of the program that may need them (744).
   */
  @ParameterizedTest
  @ValueSource(longs = {10, 18, 37, 162, 230, 744})
  void neverDoesAgainWhatItOnceDid(long seed) {
    var result = new Simulation(PipelineRules.standard()).run(seed);

    assertThat(result.violations()).isEmpty();
    assertThat(result.good()).isTrue();
  }

  @Test
  void shouldSeeTheHarmThatARulePrevents() {
    var careless = new Simulation(PipelineRules.standard().without("SnapshotIsComplete"));

    var harmed = LongStream.rangeClosed(1, SEEDS).filter(seed -> !careless.harmOf(seed).isEmpty());
    assertThat(harmed.findFirst()).isPresent();
  }
}
