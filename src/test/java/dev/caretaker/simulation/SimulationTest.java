package dev.caretaker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.world.simulation.Simulation;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Caretaker does no harm in a few hundred random worlds; {@code caretaker simulate} takes more. */
class SimulationTest {
  private static final long SEEDS = 300;

  @Test
  void neverDoesHarmAndAlwaysComesToItsEnd() {
    var bad = new Simulation(Guards.standard()).run(1, SEEDS, done -> {});

    assertThat(bad).isEmpty();
  }

  @Test
  void shouldSeeTheHarmThatAGuardPrevents() {
    var careless = new Simulation(Guards.standard().without("EveryShardIsSheltered"));

    var harmed = LongStream.rangeClosed(1, SEEDS).filter(seed -> !careless.harmOf(seed).isEmpty());
    assertThat(harmed.findFirst()).isPresent();
  }
}
