package dev.caretaker.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caretaker.fleet.model.MachineType;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BoundTest {
  private static final MachineType SMALL = new MachineType("m5.large");
  private static final MachineType LARGE = new MachineType("m5.4xlarge");

  @Test
  void shouldFillABudgetWithWholeMachines() {
    var prices = Map.of(SMALL, 0.4, LARGE, 0.7);
    var utility = Map.of(SMALL, 4.0, LARGE, 8.0);

    // One large one leaves nothing that fits, two small ones are as much, three would be too dear.
    assertThat(WholeMachines.most(1.0, prices, utility)).isEqualTo(8.0, within(1e-9));
    assertThat(WholeMachines.most(1.1, prices, utility)).isEqualTo(12.0, within(1e-9));
    assertThat(WholeMachines.most(0.3, prices, utility)).isZero();
  }
}
