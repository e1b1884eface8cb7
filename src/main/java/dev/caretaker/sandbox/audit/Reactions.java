package dev.caretaker.sandbox.audit;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.recorder.Effect;
import dev.caretaker.sandbox.recorder.Side;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** How long the operator takes from a notice in its queue to a change of the cluster. */
public final class Reactions {
  /** EC2 shows a notice before the queue has it; what the engine was told earlier is older news. */
  private static final Duration EARLIEST = Duration.ofSeconds(-2);

  private Reactions() {}

  /**
   * From the moment when the queue had the notice to the first change of the engine that names the
   * machine; empty where there was none. Where the operator was faster, since it asks EC2 too, it
   * took no time.
   *
   * @param effects that the recorder saw
   */
  public static Optional<Duration> after(
      Instant delivered, InstanceId machine, List<Effect> effects) {
    return effects.stream()
        .filter(each -> each.side() == Side.ENGINE && each.body().contains(machine.value()))
        .map(each -> Duration.between(delivered, each.at()))
        .filter(took -> took.compareTo(EARLIEST) >= 0)
        .findFirst()
        .map(took -> took.isNegative() ? Duration.ZERO : took);
  }
}
