package dev.caretaker.bench;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.plan.Forecast;
import dev.caretaker.plan.Plan;
import dev.caretaker.plan.Speed;
import dev.caretaker.world.World;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.LongStream;

/**
 * How near the durations of plans come to those of bounces, in random clusters whose truth the plan
 * does not know: each cluster is bounced twice, and the plan of the second bounce may go by what
 * the first one showed. {@code docs/performance.md} has the command.
 */
public final class ForecastBench {
  /** Between the two bounces; the engine balances meanwhile. */
  private static final long REST = 3600;

  private static final Duration LONGEST = Duration.ofDays(3);

  private ForecastBench() {}

  public static void main(String[] arguments) {
    long seeds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 200;
    var trials = trials(1, seeds);
    if (arguments.length > 1) {
      trials.forEach(System.out::println);
    }
    System.out.println("first bounce: " + Accuracy.of(trials.stream().map(Trial::first).toList()));
    System.out.println(
        "seeds=" + seeds + " " + Accuracy.of(trials.stream().map(Trial::second).toList()));
  }

  /**
   * A duration in seconds that was predicted, and the one that it came to; empty without an end.
   */
  record Guess(long predicted, Optional<Long> took) {
    /** How much longer than it took was predicted, as a share of what it took. */
    double error() {
      double real = took.orElseThrow();
      return (predicted - real) / real;
    }
  }

  /** The two bounces of one cluster. */
  record Trial(long seed, Guess first, Guess second) {}

  /** What many guesses come to; errors in percent. */
  record Accuracy(long unfinished, double median, double p95, double bias) {
    static Accuracy of(List<Guess> guesses) {
      var errors = guesses.stream().filter(each -> each.took().isPresent()).toList();
      var absolute = errors.stream().map(each -> Math.abs(each.error())).sorted().toList();
      return new Accuracy(
          guesses.size() - errors.size(),
          100 * absolute.get(absolute.size() / 2),
          100 * absolute.get(absolute.size() * 95 / 100),
          100 * errors.stream().mapToDouble(Guess::error).average().orElseThrow());
    }

    @Override
    public String toString() {
      return String.format(
          Locale.ROOT,
          "medianError=%.1f%% p95Error=%.1f%% meanError=%+.1f%% unfinished=%d",
          median,
          p95,
          bias,
          unfinished);
    }
  }

  static List<Trial> trials(long from, long count) {
    return LongStream.range(from, from + count).parallel().mapToObj(ForecastBench::trial).toList();
  }

  private static Trial trial(long seed) {
    var cluster = new HiddenCluster(seed);
    var world = cluster.world();
    var first = guess(cluster, world);
    world.advance(REST);
    return new Trial(seed, first, guess(cluster, world));
  }

  private static Guess guess(HiddenCluster cluster, World world) {
    var policy = cluster.policy(world.instant());
    var plan = plan(world, policy);
    var result = new Bounce(world, policy, cluster::latency).run(LONGEST);
    boolean ended = result.settled() && plan.later().isEmpty();
    var took = Optional.of(result.took().toSeconds()).filter(any -> ended);
    return new Guess(plan.takes().toSeconds(), took);
  }

  /** As {@code caretaker plan} makes it, of what a read and {@code _recovery} tell. */
  static Plan plan(World world, EsPolicy policy) {
    var view = Bounce.view(world, policy);
    var seen = view.cluster().ifKnown().orElseThrow();
    var recoveries = world.engine().recoveries().ifKnown().orElse(List.of());
    return new Forecast(new EsDecider(Guards.standard()), Speed.of(seen, recoveries))
        .plan("data/main", policy, view, EsProgress.NONE);
  }
}
