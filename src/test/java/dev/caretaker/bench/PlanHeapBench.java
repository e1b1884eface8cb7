package dev.caretaker.bench;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.plan.Forecast;
import dev.caretaker.plan.Speed;
import java.lang.management.ManagementFactory;
import java.util.List;

/**
 * The heap that a plan needs, for the second bounce of the cluster of {@link BigBounce}: what is
 * left of it after a whole collection, at its highest. {@code docs/performance.md} has the command.
 */
final class PlanHeapBench {
  private static final double MIB = 1L << 20;

  /** A collection after each pass would take hours. */
  private static final int EVERY = 20;

  /** All that a planner is given. */
  private record Given(EsPolicy policy, EsView view, List<Recovery> recoveries) {}

  private final long before = left();
  private long highest = before;
  private int passes;

  private PlanHeapBench() {}

  public static void main(String[] arguments) {
    var given = given(arguments.length > 0);
    var bench = new PlanHeapBench();
    var clock = ManagementFactory.getThreadMXBean();
    long began = clock.getCurrentThreadCpuTime();
    var seen = given.view().cluster().ifKnown().orElseThrow();
    var plan =
        new Forecast(new EsDecider(Guards.standard()), Speed.of(seen, given.recoveries()))
            .plan("data/big", given.policy(), given.view(), EsProgress.NONE, bench::afterAPass)
            .orElseThrow();
    System.out.printf(
        "%d steps, %s, %d passes, %d ms; before: %.1f MiB, at most: %.1f MiB, of %.0f%n",
        plan.steps().size(),
        plan.takes(),
        bench.passes,
        (clock.getCurrentThreadCpuTime() - began) / 1_000_000,
        bench.before / MIB,
        bench.highest / MIB,
        Runtime.getRuntime().maxMemory() / MIB);
  }

  /** The world of the first bounce is forgotten with this method. */
  private static Given given(boolean bounced) {
    var big = new BigBounce(BigBounce.ROOMY);
    if (bounced) {
      big.bounce(BigBounce.PER_ZONE);
    }
    var policy = big.policy(BigBounce.PER_ZONE);
    var recoveries = big.world().engine().recoveries().ifKnown().orElse(List.of());
    return new Given(policy, Bounce.view(big.world(), policy), recoveries);
  }

  private boolean afterAPass() {
    if (passes++ % EVERY == 0) {
      highest = Math.max(highest, left());
    }
    return false;
  }

  private static long left() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
