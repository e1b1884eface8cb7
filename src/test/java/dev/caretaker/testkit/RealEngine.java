package dev.caretaker.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.sandbox.engine.ClusterShape;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineHttp;
import dev.caretaker.sandbox.engine.EngineInstallation;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.engine.EngineOptions;
import dev.caretaker.sandbox.engine.EngineStore;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Real engine clusters for tests. Starting one takes half a minute, so that all tests of a JVM
 * share one per engine; it is closed when the JVM ends. What a killed run left is cleaned up by the
 * next one from the same working directory.
 */
public final class RealEngine {

  private static final Map<EngineKind, EngineCluster> SHARED = new EnumMap<>(EngineKind.class);

  private RealEngine() {}

  /** The engines to test with: CARETAKER_ENGINES, such as {@code es7,opensearch}, or es8 alone. */
  public static Stream<EngineKind> chosen() {
    String words = Optional.ofNullable(System.getenv("CARETAKER_ENGINES")).orElse("es8");
    return Arrays.stream(words.split(",", -1)).map(String::strip).map(EngineKind::named);
  }

  /**
   * The shared cluster: backup1, backup2, spot1. It is as the test before has left it: one that
   * minds calls {@link #restore} first.
   */
  public static synchronized EngineCluster shared(EngineKind kind) {
    return SHARED.computeIfAbsent(kind, RealEngine::startShared);
  }

  /** Starts what is down, deletes all indices and takes back every setting at both scopes. */
  public static void restore(EngineCluster cluster) throws IOException, InterruptedException {
    for (EngineNode node : cluster.nodes()) {
      cluster.start(node.name());
    }
    cluster.awaitMembers(cluster.nodes(), EngineOptions.defaults().patience());
    EngineHttp http = new EngineHttp(Duration.ofSeconds(30));
    EngineNode first = cluster.nodes().get(0);
    require(
        http.ask(
            "PUT",
            first,
            "/_cluster/settings",
            """
            {"persistent": {"*": null}, "transient": {"*": null}}
            """));
    EngineHttp.Answer indices =
        http.get(first, "/_cluster/state/metadata?filter_path=metadata.indices.*.state");
    require(indices);
    for (String index : names(indices.body().at("/metadata/indices"))) {
      require(http.ask("DELETE", first, "/" + index, ""));
    }
  }

  private static List<String> names(JsonNode indices) {
    return indices.properties().stream().map(Map.Entry::getKey).toList();
  }

  private static void require(EngineHttp.Answer answer) {
    if (!answer.ok()) {
      throw new IllegalStateException("the engine refused: " + answer);
    }
  }

  /** A cluster of the test's own, prepared and not started, in a directory that is its own too. */
  public static EngineCluster prepare(
      EngineKind kind, String shape, String purpose, EngineOptions options)
      throws IOException, InterruptedException {
    EngineInstallation engine = EngineStore.ofThisUser().install(kind, System.out::println);
    Path directory = directory(kind, purpose);
    EngineCluster.cleanUp(directory);
    EngineCluster cluster =
        EngineCluster.prepare(engine, ClusterShape.parse(shape), directory, options);
    // Closing twice is no harm; a test that is interrupted does not even close once.
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(cluster), "close-engines"));
    return cluster;
  }

  private static EngineCluster startShared(EngineKind kind) {
    try {
      EngineCluster cluster = prepare(kind, "backup=2,spot=1", "shared", EngineOptions.defaults());
      cluster.start();
      return cluster;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + kind + " was starting", e);
    }
  }

  private static void close(EngineCluster cluster) {
    try {
      cluster.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same for this JVM of every run from this working directory, and no other's. */
  public static Path directory(EngineKind kind, String purpose) {
    String here = Integer.toHexString(Path.of("").toAbsolutePath().hashCode());
    String name = String.join("-", "caretaker-test", here, Fork.number(), kind.word(), purpose);
    return Path.of(System.getProperty("java.io.tmpdir"), name);
  }
}
