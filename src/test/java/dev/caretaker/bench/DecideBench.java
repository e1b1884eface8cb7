package dev.caretaker.bench;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.ANode;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.Locale;

/**
 * Measures one decision about a large cluster in the stages that look at the most. Arguments:
 * nodes, copies (two a shard). Where others use the machine, the time of the processor tells more.
 */
public final class DecideBench {
  private static final int WARM_UP = 60;
  private static final int MEASURED = 101;

  private final int nodes;
  private final int copies;
  private final PrintStream out;

  private DecideBench(int nodes, int copies, PrintStream out) {
    this.nodes = nodes;
    this.copies = copies;
    this.out = out;
  }

  public static void main(String[] arguments) {
    int nodes = arguments.length > 0 ? Integer.parseInt(arguments[0]) : 100;
    int copies = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 50_000;
    new DecideBench(nodes, copies, System.out).run();
  }

  private void run() {
    measure("at rest", bounce(false, ""));
    measure("sheltering, nothing exposed", bounce(true, "").marks(Stage.SHELTERING));
    measure("sheltering, all of the node exposed", exposed("").marks(Stage.SHELTERING));
    measure("sheltering, nowhere to move to", exposed("backup").marks(Stage.SHELTERING));
    measure("freezing", bounce(true, "").marks(Stage.FREEZING));
    measure("stopping", bounce(true, "").marks(Stage.STOPPING));
    var recovering = bounce(true, "").marks(Stage.STOPPING);
    recovering.cluster.leaves("spot1", State.STOPPED);
    recovering.marks(Stage.STARTING);
    measure("starting, node away", recovering);
    recovering.cluster.node("spot1").back(recovering.now());
    measure("recovering", recovering.marks(Stage.RECOVERING));
    var drain = bounce(false, "");
    drain.policy.excludeNodes("spot1", "spot2");
    drain.passes();
    measure("draining", drain);
  }

  /** Every shard has a copy in zone backup and one in zone spot. */
  private Script bounce(boolean wished, String fullZone) {
    var policy = APolicy.aPolicy().select("spot1");
    var cluster = ACluster.anEmptyCluster();
    for (int number = 1; number <= nodes / 2; number++) {
      for (var zone : new String[] {"backup", "spot"}) {
        var node = ANode.aNode(zone + number);
        cluster.with(zone.equals(fullZone) ? node.freeGib(1) : node);
        policy.host(zone + number, zone);
      }
    }
    for (int shard = 0; shard < copies / 2; shard++) {
      var on = 1 + shard % (nodes / 2);
      cluster.shard("logs" + shard / 10, shard % 10, "backup" + on, "spot" + on);
    }
    return Script.script(wished ? policy.restartedAt(Script.NOW) : policy, cluster);
  }

  /** The shards of spot1 have both their copies in zone spot. */
  private Script exposed(String fullZone) {
    var script = bounce(true, fullZone);
    for (int shard = 0; shard < copies / 2; shard++) {
      if (shard % (nodes / 2) == 0) {
        script.cluster.shard("logs" + shard / 10, shard % 10, "spot1", "spot2");
      }
    }
    return script;
  }

  private void measure(String what, Script script) {
    var decider = new EsDecider(Guards.standard());
    var policy = script.policy.build();
    var view = script.cluster.view(script.now());
    var clock = ManagementFactory.getThreadMXBean();
    var millis = new double[MEASURED];
    var busy = new double[MEASURED];
    EsDecision decision = null;
    for (int round = -WARM_UP; round < MEASURED; round++) {
      long busyBefore = clock.getCurrentThreadCpuTime();
      long before = System.nanoTime();
      decision = decider.decide(policy, view, script.progress(), script.refused, script.now());
      if (round >= 0) {
        millis[round] = (System.nanoTime() - before) / 1e6;
        busy[round] = (clock.getCurrentThreadCpuTime() - busyBefore) / 1e6;
      }
    }
    Arrays.sort(millis);
    Arrays.sort(busy);
    out.printf(
        Locale.ROOT,
        "%-38s median %6.1f ms, of the processor %6.1f ms, best %6.1f ms (%s)%n",
        what,
        millis[MEASURED / 2],
        busy[MEASURED / 2],
        millis[0],
        decision == null ? "" : decision.verdict().reason().code());
  }
}
