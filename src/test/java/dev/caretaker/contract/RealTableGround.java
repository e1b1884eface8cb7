package dev.caretaker.contract;

import dev.caretaker.adapter.elasticsearch.ElasticsearchTables;
import dev.caretaker.adapter.elasticsearch.EsConnection;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.port.TablePort;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineHttp;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.testkit.RealEngine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** A real engine behind the real adapter. */
final class RealTableGround implements TableGround {
  private final EngineCluster cluster;
  private final EngineHttp http = new EngineHttp(Duration.ofSeconds(60));
  private final ElasticsearchTables port;

  private RealTableGround(EngineCluster cluster) {
    this.cluster = cluster;
    this.port =
        new ElasticsearchTables(
            new EsConnection(
                cluster.nodes().stream().map(EngineNode::url).toList(),
                Optional.empty(),
                Optional.empty(),
                new EsConnection.Probe(Optional.empty(), Duration.ofSeconds(10)),
                "zone",
                // Three nodes on one small machine; the contract is not about time.
                new EsConnection.Timeouts(
                    Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60))));
  }

  /** The shared cluster of that engine, put back into its first state. */
  static RealTableGround prepare(EngineKind kind) {
    var cluster = RealEngine.shared(kind);
    try {
      RealEngine.restore(cluster);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
    return new RealTableGround(cluster);
  }

  @Override
  public TablePort port() {
    return port;
  }

  @Override
  public void createIndex(String name) {
    require("PUT", "/" + name, "{\"settings\":{\"number_of_shards\":1}}");
  }

  @Override
  public void addAlias(String index, TableName alias) {
    var add = "{\"actions\":[{\"add\":{\"index\":\"%s\",\"alias\":\"%s\"}}]}";
    require("POST", "/_aliases", add.formatted(index, alias));
  }

  @Override
  public void store(String indexOrAlias, Instant at) {
    require("POST", "/" + indexOrAlias + "/_doc?refresh=true", "{\"at\":\"" + at + "\"}");
  }

  @Override
  public void deleteIndex(String name) {
    require("DELETE", "/" + name, "");
  }

  @Override
  public void snapshot() {
    var where = cluster.nodes().get(0).snapshots();
    require(
        "PUT",
        "/_snapshot/" + REPOSITORY,
        "{\"type\":\"fs\",\"settings\":{\"location\":\"" + where + "\"}}");
    require("PUT", "/_snapshot/" + REPOSITORY + "/one?wait_for_completion=true", "");
  }

  EngineHttp.Answer ask(String method, String path, String body) {
    try {
      return http.ask(method, cluster.node("backup1"), path, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw interrupted(e);
    }
  }

  void require(String method, String path, String body) {
    var answer = ask(method, path, body);
    if (!answer.ok()) {
      throw new AssertionError(method + " " + path + " was answered with " + answer);
    }
  }

  private static IllegalStateException interrupted(InterruptedException e) {
    Thread.currentThread().interrupt();
    return new IllegalStateException("interrupted", e);
  }

  @Override
  public void close() {
    port.close();
    // Whether they are there or not.
    ask("DELETE", "/_index_template/caretaker-*", "");
    ask("DELETE", "/_template/caretaker-*", "");
    ask("DELETE", "/_snapshot/" + REPOSITORY + "/one", "");
    ask("DELETE", "/_snapshot/" + REPOSITORY, "");
  }
}
