package dev.caretaker.world.simulation;

import dev.caretaker.elastic.guard.Guards;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;

/** Many seeds, each run twice. */
public final class Simulation {
  private final Guards guards;

  public Simulation(Guards guards) {
    this.guards = guards;
  }

  /**
   * What came of one seed.
   *
   * @param violations as lines that say seed, second, invariant and why
   * @param settled whether peace brought everything to its end
   * @param repeats whether the second run had the very same timeline
   */
  public record Seed(
      long seed, List<String> violations, boolean settled, boolean repeats, List<String> timeline) {

    public boolean good() {
      return violations.isEmpty() && settled && repeats;
    }
  }

  /** Runs one seed twice. */
  public Seed run(long seed) {
    var first = new Run(seed, guards).run();
    var second = new Run(seed, guards).run();
    return new Seed(
        seed,
        first.violations().stream().map(Violation::toString).toList(),
        first.settled() || !first.violations().isEmpty(),
        first.timeline().equals(second.timeline()),
        first.timeline());
  }

  /** Whether one run of a seed shows harm. */
  public List<String> harmOf(long seed) {
    return new Run(seed, guards).run().violations().stream().map(Violation::toString).toList();
  }

  /** Runs all seeds on every processor; returns those that are not good, in their order. */
  public List<Seed> run(long from, long count, LongConsumer progress) {
    var done = new AtomicLong();
    return LongStream.range(from, from + count)
        .parallel()
        .mapToObj(
            seed -> {
              var result = run(seed);
              progress.accept(done.incrementAndGet());
              return result;
            })
        .filter(result -> !result.good())
        .toList();
  }
}
