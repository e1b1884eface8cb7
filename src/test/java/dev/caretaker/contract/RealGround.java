package dev.caretaker.contract;

import dev.caretaker.adapter.elasticsearch.ElasticsearchAdapter;
import dev.caretaker.adapter.elasticsearch.EsConnection;
import dev.caretaker.adapter.host.LocalHosts;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.HostPort;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineHttp;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.keeper.KeeperServer;
import dev.caretaker.testkit.RealEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import java.util.Random;

/** Real processes behind the real adapters. */
final class RealGround implements Ground {
  private static final int MOMENT_MILLIS = 300;

  /** Three minutes: a node starts in twenty seconds where the machine has nothing else to do. */
  private static final int LONGEST_WAIT = 600;

  private final EngineCluster cluster;
  private final EngineHttp http = new EngineHttp(Duration.ofSeconds(60));
  private final ElasticsearchAdapter engine;
  private final KeeperServer keeper;
  private final HostPort hosts;

  private RealGround(EngineCluster cluster) throws IOException {
    this.cluster = cluster;
    this.keeper = new KeeperServer(cluster.keeper(), 0);
    this.hosts = new LocalHosts(keeper.url());
    this.engine =
        new ElasticsearchAdapter(
            new EsConnection(
                cluster.nodes().stream().map(EngineNode::url).toList(),
                Optional.empty(),
                Optional.empty(),
                new EsConnection.Probe(Optional.empty(), Duration.ofSeconds(10)),
                "zone",
                EsConnection.Timeouts.DEFAULT));
  }

  /** The shared cluster of that engine, put back into its first state. */
  static Ground prepare(EngineKind kind) {
    var cluster = RealEngine.shared(kind);
    try {
      RealEngine.restore(cluster);
      return new RealGround(cluster);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public EsPort engine() {
    return engine;
  }

  @Override
  public HostPort hosts() {
    return hosts;
  }

  @Override
  public void createIndex(String name, int shards, int replicas) {
    // Without waiting for copies: under some settings none will ever start.
    ask(
        "PUT",
        "/" + name + "?wait_for_active_shards=0",
        """
        {"settings": {"number_of_shards": %d, "number_of_replicas": %d}}
        """
            .formatted(shards, replicas));
  }

  @Override
  public void createSlowIndex(String name) {
    createIndex(name, 1, 0);
    var noise = new byte[600_000];
    new Random(1).nextBytes(noise);
    var text = Base64.getEncoder().encodeToString(noise);
    for (int number = 0; number < 4; number++) {
      ask("PUT", "/" + name + "/_doc/" + number, "{\"noise\": \"" + text + "\"}");
    }
    ask("POST", "/" + name + "/_flush", "");
    ask(
        "PUT",
        "/_cluster/settings",
        """
        {"persistent": {"indices.recovery.max_bytes_per_sec": "40kb"}}
        """);
  }

  private void ask(String method, String path, String body) {
    try {
      var answer = http.ask(method, cluster.node("backup1"), path, body);
      if (!answer.ok()) {
        throw new AssertionError(method + " " + path + " was answered with " + answer);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void wipe(NodeName node) {
    try {
      cluster.wipe(node.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void freeze(NodeName node) {
    try {
      cluster.pause(node.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void thaw(NodeName node) {
    try {
      cluster.resume(node.value());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  @Override
  public void aWhile() {
    sleep(Duration.ofSeconds(4));
  }

  @Override
  public boolean aMoment(int looksSoFar) {
    sleep(Duration.ofMillis(MOMENT_MILLIS));
    return looksSoFar < LONGEST_WAIT;
  }

  private static void sleep(Duration duration) {
    try {
      Thread.sleep(duration.toMillis());
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }

  @Override
  public void close() {
    engine.close();
    keeper.close();
  }
}
