package dev.caretaker.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.world.simulation.Simulation;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A fleet does no harm in a few hundred random markets; {@code caretaker simulate} takes more. */
class FleetSimulationTest {
  private static final long SEEDS = 200;

  @Test
  void neverDoesHarmAndAlwaysComesToItsEnd() {
    var bad = new Simulation(FleetRules.standard()).run(1, SEEDS, done -> {});

    assertThat(bad).isEmpty();
  }

  /**
   * Seeds that once showed harm: an old answer after a new one (9, 82), a floor that was sold and
   * bought again (56), a request taken back while its money was spent again (366).
   */
  @ParameterizedTest
  @ValueSource(longs = {9, 56, 82, 366})
  void neverDoesAgainWhatItOnceDid(long seed) {
    var result = new Simulation(FleetRules.standard()).run(seed);

    assertThat(result.violations()).isEmpty();
    assertThat(result.good()).isTrue();
  }

  @Test
  void shouldSeeTheHarmThatARulePrevents() {
    var careless = new Simulation(FleetRules.standard().without("MachineIsReleased"));

    var harmed = LongStream.rangeClosed(1, SEEDS).filter(seed -> !careless.harmOf(seed).isEmpty());
    assertThat(harmed.findFirst()).isPresent();
  }
}
