package dev.caretaker.world.simulation;

import java.io.PrintWriter;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code caretaker simulate}: searches random worlds for harm that Caretaker does. */
@Command(
    name = "simulate",
    mixinStandardHelpOptions = true,
    description = "Runs the decider in random worlds with faults, and looks for harm it does.")
public final class SimulateCommand implements Callable<Integer> {
  private static final String ALL = "all";

  @Option(
      names = "--domain",
      defaultValue = "rollout",
      description = "One of ${COMPLETION-CANDIDATES}; ${DEFAULT-VALUE}.")
  private Domain domain = Domain.ROLLOUT;

  @Option(names = "--seeds", defaultValue = "2000", description = "How many; ${DEFAULT-VALUE}.")
  private long seeds = 2000;

  @Option(names = "--from", defaultValue = "1", description = "The first; ${DEFAULT-VALUE}.")
  private long from = 1;

  @Option(names = "--seed", description = "Replays one, with its timeline.")
  private @Nullable Long seed;

  @Option(
      names = "--break",
      paramLabel = "GUARD|all",
      description = "Takes a guard out: harm must show, or the guard is not tested.")
  private @Nullable String broken;

  @Spec private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    var names = domain.rules();
    if (broken != null && !broken.equals(ALL) && !names.contains(broken)) {
      throw new ParameterException(command().commandLine(), "no guard " + broken + " in " + names);
    }
    if (ALL.equals(broken)) {
      return breakAll(names);
    }
    var simulation = broken == null ? domain.whole() : domain.without(broken);
    return seed == null ? many(simulation) : replay(simulation, seed);
  }

  private int replay(Simulation simulation, long one) {
    var result = simulation.run(one);
    result.timeline().forEach(out()::println);
    return summary(List.of(result).stream().filter(each -> !each.good()).toList(), 1);
  }

  private int many(Simulation simulation) {
    var bad = simulation.run(from, seeds, this::progress);
    return summary(bad, seeds);
  }

  private void progress(long done) {
    if (done % 200 == 0) {
      out().println(done + " of " + seeds + " seeds");
    }
  }

  private int summary(List<Simulation.Seed> bad, long count) {
    long violations = 0;
    long unsettled = 0;
    var counts = new TreeMap<String, Long>();
    for (var each : bad) {
      each.violations().forEach(out()::println);
      violations += each.violations().size();
      each.counts().forEach((what, number) -> counts.merge(what, number, Long::sum));
      if (!each.settled()) {
        unsettled++;
        out().println("seed=" + each.seed() + " unsettled");
      }
      if (!each.repeats()) {
        violations++;
        out().println("seed=" + each.seed() + " is not the same when it is run again");
      }
    }
    var line = new StringBuilder("seeds=" + count);
    line.append(" violations=").append(violations).append(" unsettled=").append(unsettled);
    for (var what : domain.counts()) {
      line.append(' ').append(what).append('=').append(counts.getOrDefault(what, 0L));
    }
    out().println(line);
    return bad.isEmpty() ? 0 : 1;
  }

  /** Each guard is taken out in turn, until harm shows that it would have prevented. */
  private int breakAll(List<String> names) {
    int undetected = 0;
    var whole = domain.whole();
    for (var name : names) {
      var simulation = domain.without(name);
      var found =
          LongStream.range(from, from + seeds)
              .parallel()
              .mapToObj(seed -> harmOnlyWithout(simulation, whole, seed))
              .filter(harm -> !harm.isEmpty())
              .findAny();
      out().println("without " + name + ": " + found.map(List::toString).orElse("no harm"));
      undetected += found.isPresent() ? 0 : 1;
    }
    out().println("{\"guards\":" + names.size() + ",\"undetected\":" + undetected + "}");
    return undetected == 0 ? 0 : 1;
  }

  private static List<String> harmOnlyWithout(Simulation broken, Simulation whole, long seed) {
    var harm = broken.harmOf(seed);
    return harm.isEmpty() || whole.harmOf(seed).isEmpty() ? harm : List.of();
  }

  private PrintWriter out() {
    return command().commandLine().getOut();
  }

  private CommandSpec command() {
    if (spec == null) {
      throw new IllegalStateException("picocli has not set the command");
    }
    return spec;
  }
}
