package dev.caretaker.world.simulation;

import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.pipeline.guard.PipelineRules;
import dev.caretaker.world.Trial;
import dev.caretaker.world.market.simulation.FleetRun;
import dev.caretaker.world.pipeline.simulation.PipelineRun;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongFunction;
import java.util.stream.LongStream;

/** Many seeds, each run twice. */
public final class Simulation {
  private final LongFunction<Trial> trial;

  /** A simulation of anything that one seed determines. */
  public Simulation(LongFunction<Trial> trial) {
    this.trial = trial;
  }

  /** Rollouts and drains of a cluster under these guards. */
  public Simulation(Guards guards) {
    this(seed -> new Run(seed, guards).run());
  }

  /** A fleet in a market, under these rules. */
  public Simulation(FleetRules rules) {
    this(seed -> new FleetRun(seed, rules).run());
  }

  /** A pipeline on a platform, under these rules. */
  public Simulation(PipelineRules rules) {
    this(seed -> new PipelineRun(seed, rules).run());
  }

  /**
   * What came of one seed.
   *
   * @param violations as lines that say seed, second, invariant and why
   * @param settled whether peace brought everything to its end
   * @param repeats whether the second run had the very same timeline
   * @param counts what its domain counts besides
   */
  public record Seed(
      long seed,
      List<String> violations,
      boolean settled,
      boolean repeats,
      List<String> timeline,
      SortedMap<String, Long> counts) {
    public Seed {
      counts = Collections.unmodifiableSortedMap(new TreeMap<>(counts));
    }

    public boolean good() {
      return violations.isEmpty() && settled && repeats;
    }
  }

  /** Runs one seed twice. */
  public Seed run(long seed) {
    var first = trial.apply(seed);
    var second = trial.apply(seed);
    return new Seed(
        seed,
        first.violations(),
        first.settled() || !first.violations().isEmpty(),
        first.timeline().equals(second.timeline()),
        first.timeline(),
        first.counts());
  }

  /** Whether one run of a seed shows harm. */
  public List<String> harmOf(long seed) {
    return trial.apply(seed).violations();
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
