package dev.caretaker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.world.simulation.Simulation;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Caretaker does no harm in a few hundred random worlds; {@code caretaker simulate} takes more. */
class SimulationTest {
  private static final long SEEDS = 300;

  @Test
  void neverDoesHarmAndAlwaysComesToItsEnd() {
    var bad = new Simulation(Guards.standard()).run(1, SEEDS, done -> {});

    assertThat(bad).isEmpty();
  }

  /** Seeds that once showed harm, or a world that behaved as no engine does. */
  @ParameterizedTest
  @ValueSource(longs = {1163, 1572, 3519, 3621, 4126, 4479, 4524, 5832})
  void neverDoesAgainWhatItOnceDid(long seed) {
    var result = new Simulation(Guards.standard()).run(seed);

    assertThat(result.violations()).isEmpty();
    assertThat(result.good()).isTrue();
  }

  @Test
  void shouldSeeTheHarmThatAGuardPrevents() {
    var careless = new Simulation(Guards.standard().without("EveryShardIsSheltered"));

    var harmed = LongStream.rangeClosed(1, SEEDS).filter(seed -> !careless.harmOf(seed).isEmpty());
    assertThat(harmed.findFirst()).isPresent();
  }
}
