package dev.caretaker.bench;

import dev.caretaker.adapter.elasticsearch.ElasticsearchAdapter;
import dev.caretaker.adapter.elasticsearch.EsConnection;
import dev.caretaker.testkit.CannedServer;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Prints how long a view of 50,000 copies on 100 nodes takes to read over HTTP and parse, first and
 * warm, and the highest heap on the way. {@code docs/performance.md} has the command.
 */
public final class ReadBench {
  private static final int NODES = 100;
  private static final int COPIES = 50_000;
  private static final int ROUNDS = 10;

  private ReadBench() {}

  public static void main(String[] arguments) {
    try (var server = server();
        var adapter =
            new ElasticsearchAdapter(
                new EsConnection(
                    List.of(server.url()),
                    Optional.empty(),
                    Optional.empty(),
                    new EsConnection.Probe(Optional.empty(), Duration.ofSeconds(5)),
                    "zone",
                    EsConnection.Timeouts.DEFAULT))) {
      for (int round = 1; round <= ROUNDS; round++) {
        System.gc();
        pools().forEach(MemoryPoolMXBean::resetPeakUsage);
        long start = System.nanoTime();
        var view = adapter.read(Set.of()).ifKnown().orElseThrow();
        long millis = (System.nanoTime() - start) / 1_000_000;
        System.out.printf(
            "round=%d copies=%d nodes=%d millis=%d peakHeapMb=%d%n",
            round, view.allCopies().count(), view.nodes().size(), millis, peak() >> 20);
      }
    }
  }

  private static List<MemoryPoolMXBean> pools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  /** Of the whole process: the server that hands out the prepared answer is in it too. */
  private static long peak() {
    return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum();
  }

  /** A server that answers a read with the big state. */
  public static CannedServer server() {
    return new CannedServer()
        .answer("GET /_cluster/state", 200, BigState.state(NODES, COPIES))
        .answer("GET /_cluster/settings", 200, "{}")
        .answer("GET /_nodes/jvm,settings", 200, BigState.nodes(NODES))
        .answer("GET /_cluster/health", 200, "{\"number_of_pending_tasks\":3}");
  }
}
