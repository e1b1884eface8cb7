package dev.caretaker.sandbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DowntimeTest {

  private static final Set<String> BOTH = Set.of("backup1", "spot1");

  private final Downtime downtime = new Downtime();

  @Test
  void shouldCountANodeAsDownUntilItsNewProcessIsAMember() {
    downtime.accept(BOTH, Map.of("backup1", 1L, "spot1", 2L));
    downtime.stopAsked("spot1");
    assertThat(downtime.stoppedNow()).containsExactly("spot1");

    downtime.accept(Set.of("backup1"), Map.of("backup1", 1L));
    assertThat(downtime.goneNow()).containsExactly("spot1");
    downtime.accept(Set.of("backup1"), Map.of("backup1", 1L, "spot1", 3L));
    assertThat(downtime.stoppedNow()).containsExactly("spot1");
    downtime.accept(BOTH, Map.of("backup1", 1L, "spot1", 3L));

    assertThat(downtime.stoppedNow()).isEmpty();
    assertThat(downtime.goneNow()).isEmpty();
    assertThat(downtime.bounced()).isEqualTo(1);
    assertThat(downtime.mostStopped()).isEqualTo(1);
  }

  @Test
  void shouldSeeTwoNodesDownAtOnce() {
    downtime.accept(BOTH, Map.of("backup1", 1L, "spot1", 2L));
    downtime.stopAsked("spot1");
    downtime.stopAsked("backup1");

    assertThat(downtime.mostStopped()).isEqualTo(2);
  }

  @Test
  void shouldTellTheScenariosStartsFromCaretakers() {
    downtime.accept(BOTH, Map.of("backup1", 1L, "spot1", 2L));
    downtime.startedByScenario("spot1");
    downtime.accept(BOTH, Map.of("backup1", 1L, "spot1", 5L));

    assertThat(downtime.startsByCaretaker("spot1")).isZero();
    assertThat(downtime.starts()).isEqualTo(Map.of("spot1", 1));
    assertThat(downtime.everStopped()).isEmpty();
  }
}
