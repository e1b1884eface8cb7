package dev.caretaker.pipeline.policy;

import dev.caretaker.kernel.Utility;
import java.time.Duration;

/**
 * How machines are asked for.
 *
 * @param margin the oldest message must stay this far from the queue's retention
 * @param drainWithin a new message shall be worked on within this; people look at today's data
 * @param perUtilityHour messages that one utility works on in an hour: a first guess, measured
 *     afterwards
 */
public record DemandPolicy(
    Duration margin, Duration drainWithin, double perUtilityHour, Utility min, Utility max) {}
