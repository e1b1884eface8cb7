package dev.caretaker.bench;

import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.policy.DemandPolicy;
import java.time.Duration;
import java.util.List;

/**
 * Two pipelines on one fleet, with the numbers of the predecessor's: 40 messages by a utility in an
 * hour, of which one in twenty fails and is sent again; machines of 8 utility; at most 400 utility
 * for each. The first guess of the pace is wrong by a third.
 *
 * @param retention of its queue
 */
record FlowCase(PipelineId id, Duration retention, DemandPolicy policy) {
  static final double PER_UTILITY_HOUR = 40;
  static final double SENT_AGAIN = 0.05;
  static final double MACHINE = 8;

  static final List<FlowCase> BOTH =
      List.of(
          of("unittest", Duration.ofDays(4), Duration.ofHours(6)),
          of("coverage", Duration.ofDays(14), Duration.ofHours(12)));

  private static FlowCase of(String name, Duration retention, Duration drainWithin) {
    var policy =
        new DemandPolicy(
            Duration.ofDays(1),
            drainWithin,
            PER_UTILITY_HOUR * 2 / 3,
            Utility.ZERO,
            Utility.of("400"));
    return new FlowCase(new PipelineId("data", name, "uid"), retention, policy);
  }

  /** Machine-hours that one message from outside takes on average. */
  static double machineHours() {
    return 1 / (PER_UTILITY_HOUR * MACHINE * (1 - SENT_AGAIN));
  }
}
