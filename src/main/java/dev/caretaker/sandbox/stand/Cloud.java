package dev.caretaker.sandbox.stand;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.market.MarketServer;
import dev.caretaker.sandbox.market.NoticeQueue;
import dev.caretaker.sandbox.market.SmallMarket;
import java.io.IOException;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What stands for AWS: a market behind EC2's wire protocol, a queue with its announcements, and the
 * machines.
 */
public record Cloud(MarketServer market, NoticeQueue queue, MachineRoom machines) {

  /**
   * Opens everything; each part is closed with the stand.
   *
   * @param cluster whose nodes the machines become; empty where they are on paper only
   */
  static Cloud open(Optional<EngineCluster> cluster, Parts parts)
      throws IOException, InterruptedException {
    var market = SmallMarket.open(Clock.systemUTC());
    parts.add(market::close);
    var queue = NoticeQueue.open();
    parts.add(queue::close);
    var machines = new MachineRoom(market, queue, cluster.map(EngineCluster::guests));
    parts.add(machines::close);
    machines.open();
    return new Cloud(market, queue, machines);
  }

  /** What the operator's process needs in its environment to take this for AWS. */
  Map<String, String> environment() {
    var all = new TreeMap<>(market.environment());
    all.putAll(queue.environment());
    return all;
  }

  /** Takes a machine away, with two minutes' notice. */
  public void warnAndTake(InstanceId machine) {
    take(machine, true);
  }

  /** Takes a machine away at once, as happens when a notice gets lost. */
  public void take(InstanceId machine) {
    take(machine, false);
  }

  private void take(InstanceId machine, boolean withNotice) {
    market.with(
        open -> {
          open.machine(machine).ifPresent(each -> open.interrupt(each, withNotice));
          return machine;
        });
    machines.look();
  }
}
