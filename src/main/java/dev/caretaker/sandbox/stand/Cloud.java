package dev.caretaker.sandbox.stand;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.market.MarketServer;
import dev.caretaker.sandbox.market.NoticeQueue;
import dev.caretaker.sandbox.market.SmallMarket;
import dev.caretaker.sandbox.objects.ObjectStore;
import dev.caretaker.sandbox.stand.StandOptions.ObjectsChoice;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * What stands for AWS: a market behind EC2's wire protocol, a queue with its announcements,
 * objects, and the machines.
 *
 * @param objects S3; empty where nobody asked for one
 * @param workers machines that run programs of pipelines; empty where machines are on paper only
 */
public record Cloud(
    MarketServer market,
    NoticeQueue queue,
    Optional<ObjectStore> objects,
    MachineRoom machines,
    Optional<WorkerMachines> workers) {

  /**
   * Opens everything; each part is closed with the stand.
   *
   * @param cluster whose nodes machines become, and whose keeper runs what is on others; empty
   *     where they are on paper only
   * @param files where the workers' disks and the objects are
   */
  static Cloud open(
      Optional<EngineCluster> cluster,
      ObjectsChoice objects,
      StandFiles files,
      Parts parts,
      Consumer<String> progress)
      throws IOException, InterruptedException {
    var market = SmallMarket.open(Clock.systemUTC());
    parts.add(market::close);
    var queue = NoticeQueue.open();
    parts.add(queue::close);
    var store = store(objects, files, parts, progress);
    var workers = cluster.map(each -> workers(each, files.machines(), queue, store));
    var machinery = new TreeMap<String, Machinery>();
    cluster.ifPresent(each -> machinery.put(MachineRoom.NODES, new NodeMachines(each.guests())));
    workers.ifPresent(each -> machinery.put(MachineRoom.WORKERS, each));
    var machines = new MachineRoom(market, queue, machinery);
    parts.add(machines::close);
    machines.open();
    return new Cloud(market, queue, store, machines, workers);
  }

  private static Optional<ObjectStore> store(
      ObjectsChoice choice, StandFiles files, Parts parts, Consumer<String> progress)
      throws IOException, InterruptedException {
    return switch (choice) {
      case NONE -> Optional.empty();
      case S3PROXY -> {
        var store = ObjectStore.open(files.objects(), progress);
        parts.add(store::close);
        yield Optional.of(store);
      }
    };
  }

  private static WorkerMachines workers(
      EngineCluster cluster, Path disks, NoticeQueue queue, Optional<ObjectStore> objects) {
    var nodes = cluster.nodes().stream().map(node -> node.url().toString()).toList();
    var java = Path.of(System.getProperty("java.home"), "bin", "java");
    var environment = new TreeMap<String, String>();
    environment.put("ETL_JAVA", java.toString());
    environment.put("ETL_CLASSES", System.getProperty("java.class.path"));
    environment.put("ETL_ELASTICSEARCH", String.join(",", nodes));
    environment.put("ETL_SQS", queue.endpoint().toString());
    objects.ifPresent(each -> environment.put("ETL_S3", each.endpoint().toString()));
    return new WorkerMachines(cluster.keeper(), disks, environment);
  }

  /** What the operator's process needs in its environment to take this for AWS. */
  Map<String, String> environment() {
    var all = new TreeMap<>(market.environment());
    all.putAll(queue.environment());
    objects.ifPresent(each -> all.putAll(each.environment()));
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
