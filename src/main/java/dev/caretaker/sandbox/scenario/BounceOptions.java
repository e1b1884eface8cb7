package dev.caretaker.sandbox.scenario;

import java.time.Duration;
import java.util.Optional;

/**
 * How often it is bounced, and what goes wrong meanwhile.
 *
 * @param rounds bounces of every node, one after the other
 * @param killNode killed once, in the middle, and started again a minute later
 * @param wipesDisk whether the killed node loses its data too
 */
public record BounceOptions(
    int rounds,
    boolean crashEachEffect,
    Optional<Duration> killOperatorEvery,
    Optional<String> killNode,
    boolean wipesDisk) {}
