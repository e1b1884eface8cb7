package dev.caretaker.bench;

import dev.caretaker.bench.FlowPlay.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What two pipelines on one fleet cost under several rules. {@code docs/performance.md} has the
 * command; without a file of half-hourly counts, 215 generated days are played.
 */
public final class FlowBench {
  private static final long SEED = 7;
  private static final int DAYS = 215;

  private FlowBench() {}

  public static void main(String[] arguments) throws IOException {
    var file = arguments.length > 0 ? Path.of(arguments[0]) : Path.of("nyc_taxi.csv");
    boolean real = Files.exists(file);
    var trace = real ? FlowTrace.read(file, SEED) : FlowTrace.generated(DAYS, SEED);
    System.out.println(
        (real ? file.getFileName() : "generated")
            + ", "
            + trace.minutes() / FlowTrace.DAY
            + " days");
    var some = arguments.length > 1 ? List.of(rules().get(0)) : rules();
    for (var rule : some) {
      long begin = System.nanoTime();
      System.out.println(play(trace, rule) + " " + (System.nanoTime() - begin) / 1_000_000 + " ms");
    }
  }

  static List<FlowRule> rules() {
    return List.of(
        new FlowRules.Caretaker(),
        new FlowRules.Keda(0.5),
        new FlowRules.Keda(1),
        new FlowRules.TargetTracking(),
        new FlowRules.Replaced());
  }

  static Outcome play(FlowTrace trace, FlowRule rule) {
    return FlowPlay.of(trace, rule, SEED);
  }
}
