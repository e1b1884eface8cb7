package dev.caretaker.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class BoundTest {
  @Test
  void shouldFillABudgetWithWholeMachines() {
    var machines = List.of(new WholeMachines.Machine(0.4, 4), new WholeMachines.Machine(0.7, 8));

    // One large one leaves nothing that fits, two small ones are as much, three would be too dear.
    assertThat(WholeMachines.most(1.0, machines)).isEqualTo(8.0, within(1e-9));
    assertThat(WholeMachines.most(1.1, machines)).isEqualTo(12.0, within(1e-9));
    assertThat(WholeMachines.most(0.3, machines)).isZero();
  }
}
