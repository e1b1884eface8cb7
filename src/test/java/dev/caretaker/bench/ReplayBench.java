package dev.caretaker.bench;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.Formula;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.fleet.policy.Worth;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.replay.Generated;
import dev.caretaker.replay.Recorded;
import dev.caretaker.replay.Replay;
import dev.caretaker.replay.Report;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Replays of many specs over many stretches of time: {@code ReplayBench PRICES DAYS DAY...}, or
 * over generated markets: {@code ReplayBench generated DAYS SEED...}.
 */
public final class ReplayBench {
  private ReplayBench() {}

  /** A spec in the few things that matter to its buyer. */
  record Wish(
      String budget, String demand, double percentile, int historyDays, double type, double zone) {
    FleetPolicy policy() {
      return new FleetPolicy(
          new FleetId("default", "etl", "etl"),
          new LaunchTemplate("etl-worker", "7"),
          Set.of("subnet-0", "subnet-1"),
          UsdPerHour.of(budget),
          new PricePolicy(
              percentile,
              Duration.ofDays(historyDays),
              Duration.ofDays(1),
              Optional.of(UsdPerHour.of("0.02"))),
          new Limits(Optional.of(Utility.of("120")), OptionalInt.empty(), type, zone),
          Utility.ZERO,
          Optional.of(Utility.of(demand)),
          new Worth(Optional.of(vcpusUpTo16()), new TreeMap<>(), new TreeSet<>()),
          false,
          FleetPolicy.Shrink.DRAIN,
          Duration.ofMinutes(15),
          FleetPolicy.Deletion.ORPHAN,
          FleetPolicy.Rebalance.IGNORE,
          false,
          false);
    }

    private static Formula vcpusUpTo16() {
      return new Formula.Chosen(
          Formula.Choice.MIN,
          List.of(new Formula.FactOf(Formula.Fact.VCPUS), new Formula.Constant(16)));
    }
  }

  /** What is varied, one thing at a time. */
  static final List<Wish> WISHES =
      List.of(
          new Wish("4.00", "2000", 0.95, 7, 0.7, 0.6),
          new Wish("4.00", "2000", 0.5, 1, 0.7, 0.6),
          new Wish("1.00", "2000", 0.8, 7, 0.7, 0.6),
          new Wish("20.00", "20000", 0.8, 7, 0.7, 0.6),
          new Wish("4.00", "2000", 0.95, 7, 1, 1),
          new Wish("4.00", "2000", 0.95, 7, 0.5, 0.5),
          new Wish("4.00", "150", 0.95, 7, 0.7, 0.6));

  public static void main(String[] args) throws Exception {
    boolean generated = args[0].equals("generated");
    var recorded = generated ? Optional.<Recorded>empty() : Optional.of(recorded(Path.of(args[0])));
    var days = Duration.ofDays(Integer.parseInt(args[1]));
    for (int i = 2; i < args.length; i++) {
      for (var wish : WISHES) {
        var report =
            recorded.isPresent()
                ? past(recorded.get(), wish, start(args[i]), days)
                : generated(Long.parseLong(args[i]), wish, days);
        print(args[i], wish, report);
      }
    }
  }

  private static Recorded recorded(Path prices) throws IOException {
    return Recorded.read(prices, Optional.empty());
  }

  private static Instant start(String day) {
    return LocalDate.parse(day).atStartOfDay(ZoneOffset.UTC).toInstant();
  }

  static Report past(Recorded recorded, Wish wish, Instant from, Duration days) {
    return new Replay(wish.policy(), "us-east-1", recorded, from, from.plus(days), 1).run();
  }

  static Report generated(long seed, Wish wish, Duration days) {
    var from = start("2026-01-10");
    var market =
        Generated.market(
            "us-test-1", from.minus(wish.policy().prices().history()), from.plus(days), seed);
    return new Replay(wish.policy(), "us-test-1", market, from, from.plus(days), seed).run();
  }

  private static void print(String day, Wish wish, Report report) {
    System.out.printf(
        Locale.ROOT,
        "%s budget=%s demand=%s percentile=%.2f history=%dd shares=%.0f/%.0f ratio=%.4f"
            + " spent=%.4f over=%.1f starts=%d lost=%d%n",
        day,
        wish.budget(),
        wish.demand(),
        wish.percentile(),
        wish.historyDays(),
        100 * wish.type(),
        100 * wish.zone(),
        report.utilityHours() / report.boundUtilityHours(),
        report.usd() / report.hours() / UsdPerHour.of(wish.budget()).dollars(),
        report.minutesOverBudget(),
        report.starts(),
        report.interruptions());
  }
}
