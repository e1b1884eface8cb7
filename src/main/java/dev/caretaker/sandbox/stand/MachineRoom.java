package dev.caretaker.sandbox.stand;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.market.MarketServer;
import dev.caretaker.sandbox.market.NoticeQueue;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.SpotMachine;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What runs on machines that were bought, by their launch template: Elasticsearch in zone {@code
 * spot}, or a program of a pipeline once somebody starts it. It does what EC2 does to them: boots
 * them, warns of interruptions, and kills what runs there, with its data, when a machine ends.
 */
public final class MachineRoom implements AutoCloseable {
  /** The launch template whose machines are nodes. */
  public static final String NODES = "es-spot";

  /** The launch template whose machines are workers. */
  public static final String WORKERS = "etl-worker";

  /** The zone of the cluster that they join. */
  public static final String ZONE = "spot";

  private static final Logger log = LoggerFactory.getLogger(MachineRoom.class);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(300);
  private static final Duration END_WITHIN = Duration.ofSeconds(30);
  private static final String REGION = "us-east-1";

  private final MarketServer market;
  private final NoticeQueue queue;
  private final Map<String, Machinery> machinery;
  private final Set<InstanceId> booted = new HashSet<>();
  private final Set<InstanceId> ended = new HashSet<>();
  private final Map<InstanceId, Instant> warned = new ConcurrentSkipListMap<>();
  private final Thread thread = new Thread(this::watch, "machine-room");

  /**
   * Nothing runs yet.
   *
   * @param machinery by launch template; machines of others are on paper only
   */
  MachineRoom(MarketServer market, NoticeQueue queue, Map<String, Machinery> machinery) {
    this.market = market;
    this.queue = queue;
    this.machinery = Map.copyOf(machinery);
    thread.setDaemon(true);
  }

  void open() {
    thread.start();
  }

  /** When the queue had the warning of each machine that was announced. */
  public Map<InstanceId, Instant> warned() {
    return Map.copyOf(warned);
  }

  /** Whether a process runs on a machine. */
  public boolean runs(InstanceId machine) {
    return machinery(machine).filter(each -> each.runs(machine.value())).isPresent();
  }

  private record Seen(InstanceId id, boolean runs, boolean alive, boolean announced) {
    static List<Seen> all(Market market) {
      var announced =
          market.describe(market.instant()).stream()
              .filter(each -> each.leavesAt().isPresent())
              .map(each -> each.id())
              .toList();
      return market.machines().stream()
          .map(each -> of(each, market.instant(), announced.contains(each.id())))
          .toList();
    }

    private static Seen of(SpotMachine machine, Instant now, boolean announced) {
      return new Seen(machine.id(), machine.isRunning(now), machine.isAlive(), announced);
    }
  }

  /** Does to the machines what is due. */
  void look() {
    for (var machine : market.with(Seen::all)) {
      try {
        follow(machine);
      } catch (IOException e) {
        log.error("machine {} is not as the market says", machine.id(), e);
      } catch (InterruptedException closing) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  private synchronized void follow(Seen machine) throws IOException, InterruptedException {
    if (machine.alive() && machine.announced() && !warned.containsKey(machine.id())) {
      warned.put(machine.id(), queue.warn(REGION, machine.id().value()));
    }
    var kind = machinery(machine.id());
    if (kind.isEmpty()) {
      return;
    }
    if (machine.runs() && booted.add(machine.id())) {
      kind.get().boot(machine.id().value());
    }
    if (!machine.alive() && ended.add(machine.id())) {
      kind.get().lose(machine.id().value());
    }
  }

  private Optional<Machinery> machinery(InstanceId machine) {
    return market
        .book()
        .saleOf(machine)
        .flatMap(sale -> Optional.ofNullable(machinery.get(sale.template())));
  }

  private void watch() {
    try {
      while (!thread.isInterrupted()) {
        look();
        Thread.sleep(BETWEEN_LOOKS.toMillis());
      }
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  /** The machines end with their market, whatever of the sandbox is kept. */
  @Override
  public void close() throws IOException {
    thread.interrupt();
    try {
      thread.join(END_WITHIN.toMillis());
      for (var machine : booted) {
        var kind = machinery(machine);
        if (kind.isPresent()) {
          kind.get().lose(machine.value());
        }
      }
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
