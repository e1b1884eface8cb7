package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.QueueTraffic;
import dev.caretaker.pipeline.model.QueueView;
import java.time.Duration;
import java.util.Optional;

/**
 * What one pass saw that bears on how much is asked for.
 *
 * @param queue empty where it is known to be absent
 * @param retention of the queue as it is now
 * @param working machines that are assigned to the pipeline and run its program on the right code
 * @param present machines at work in the fleet that are assigned to it, whatever runs on them
 * @param pending bought or asked for, and not at work yet
 * @param serving the cluster of the tables answers queries and does not recover
 */
public record FlowSeen(
    Observed<Optional<QueueView>> queue,
    Observed<QueueTraffic> traffic,
    Duration retention,
    Utility working,
    Utility present,
    Utility pending,
    boolean serving) {}
