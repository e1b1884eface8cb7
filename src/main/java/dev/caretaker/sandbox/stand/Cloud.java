package dev.caretaker.sandbox.stand;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.market.MarketServer;
import dev.caretaker.sandbox.market.NoticeQueue;
import dev.caretaker.sandbox.market.SmallMarket;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What stands for AWS: a market behind EC2's wire protocol, a queue with its announcements, and the
 * machines.
 *
 * @param workers machines that run programs of pipelines; empty where machines are on paper only
 */
public record Cloud(
    MarketServer market,
    NoticeQueue queue,
    MachineRoom machines,
    Optional<WorkerMachines> workers) {

  /**
   * Opens everything; each part is closed with the stand.
   *
   * @param cluster whose nodes machines become, and whose keeper runs what is on others; empty
   *     where they are on paper only
   * @param disks where the workers' disks are
   */
  static Cloud open(Optional<EngineCluster> cluster, Path disks, Parts parts)
      throws IOException, InterruptedException {
    var market = SmallMarket.open(Clock.systemUTC());
    parts.add(market::close);
    var queue = NoticeQueue.open();
    parts.add(queue::close);
    var workers = cluster.map(each -> workers(each, disks, queue));
    var machinery = new TreeMap<String, Machinery>();
    cluster.ifPresent(each -> machinery.put(MachineRoom.NODES, new NodeMachines(each.guests())));
    workers.ifPresent(each -> machinery.put(MachineRoom.WORKERS, each));
    var machines = new MachineRoom(market, queue, machinery);
    parts.add(machines::close);
    machines.open();
    return new Cloud(market, queue, machines, workers);
  }

  private static WorkerMachines workers(EngineCluster cluster, Path disks, NoticeQueue queue) {
    var nodes = cluster.nodes().stream().map(node -> node.url().toString()).toList();
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var environment =
        Map.of(
            "ETL_JAVA", java.toString(),
            "ETL_CLASSES", System.getProperty("java.class.path"),
            "ETL_ELASTICSEARCH", String.join(",", nodes),
            "ETL_SQS", queue.endpoint().toString());
    return new WorkerMachines(cluster.keeper(), disks, environment);
  }

  /** What the operator's process needs in its environment to take this for AWS. */
  Map<String, String> environment() {
    var all = new TreeMap<>(market.environment());
    all.putAll(queue.environment());
    // A trial runs under the operator, on the disk of the machine.
    workers.ifPresent(each -> all.putAll(each.environment()));
    // Nobody counts messages here: the operator goes by its own samples, and asks nobody's AWS.
    all.put("AWS_ENDPOINT_URL_CLOUDWATCH", market.url().toString());
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
