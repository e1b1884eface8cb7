package dev.caretaker.sandbox.scenario;

import java.time.Duration;
import java.util.Optional;

/**
 * What goes wrong during a bounce.
 *
 * @param killNode killed once, in the middle, and started again a minute later
 * @param wipesDisk whether the killed node loses its data too
 */
public record BounceOptions(
    boolean crashEachEffect,
    Optional<Duration> killOperatorEvery,
    Optional<String> killNode,
    boolean wipesDisk) {}
