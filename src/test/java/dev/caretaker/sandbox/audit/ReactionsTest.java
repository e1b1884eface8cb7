package dev.caretaker.sandbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.recorder.Effect;
import dev.caretaker.sandbox.recorder.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReactionsTest {
  private static final Instant DELIVERED = Instant.parse("2026-11-20T12:00:00Z");
  private static final InstanceId MACHINE = new InstanceId("i-0000000a");

  @Test
  void shouldTakeTheFirstChangeOfTheEngineThatNamesTheMachine() {
    var effects =
        List.of(
            effect(-60_000, Side.ENGINE, MACHINE.value()),
            effect(100, Side.KUBERNETES, MACHINE.value()),
            effect(200, Side.ENGINE, "another"),
            effect(300, Side.ENGINE, "exclude " + MACHINE),
            effect(400, Side.ENGINE, MACHINE.value()));

    assertThat(Reactions.after(DELIVERED, MACHINE, effects)).contains(Duration.ofMillis(300));
  }

  @Test
  void shouldCallItNoTimeWhereEc2WasAskedBeforeTheQueueHadIt() {
    assertThat(
            Reactions.after(
                DELIVERED, MACHINE, List.of(effect(-500, Side.ENGINE, MACHINE.value()))))
        .contains(Duration.ZERO);
  }

  @Test
  void shouldNotTakeSilenceForSpeed() {
    assertThat(Reactions.after(DELIVERED, MACHINE, List.of())).isEmpty();
  }

  private static Effect effect(long millis, Side side, String body) {
    return new Effect(1, DELIVERED.plusMillis(millis), side, "PUT", "/_cluster/settings", body);
  }
}
