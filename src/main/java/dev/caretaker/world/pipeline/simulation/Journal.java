package dev.caretaker.world.pipeline.simulation;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** What happened in a run, and the harm that was done in it. */
final class Journal {
  private final long seed;
  private final Instant start;
  private final Supplier<Instant> clock;
  private final Set<String> blamed = new HashSet<>();
  private final List<String> violations = new ArrayList<>();
  private final List<String> timeline = new ArrayList<>();

  Journal(long seed, Supplier<Instant> clock) {
    this.seed = seed;
    this.clock = clock;
    this.start = clock.get();
  }

  List<String> violations() {
    return violations;
  }

  List<String> timeline() {
    return timeline;
  }

  private long second() {
    return Duration.between(start, clock.get()).toSeconds();
  }

  void log(String line) {
    timeline.add(second() + " " + line);
  }

  /** Each kind of harm is told once in a run. */
  void blame(String invariant, String explanation) {
    if (blamed.add(invariant)) {
      log("VIOLATION " + invariant + ": " + explanation);
      violations.add(
          String.format("seed=%d second=%d %s: %s", seed, second(), invariant, explanation));
    }
  }

  long count(String invariant) {
    return blamed.contains(invariant) ? 1 : 0;
  }
}
