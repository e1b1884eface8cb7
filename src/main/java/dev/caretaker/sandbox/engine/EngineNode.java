package dev.caretaker.sandbox.engine;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * One node of a sandbox cluster; its name is also the name of its program in the keeper.
 *
 * @param zone the value of its {@code node.attr.zone}
 * @param home where its own files are: config, data, logs, tmp
 */
public record EngineNode(String name, String zone, int httpPort, int transportPort, Path home) {

  private static final int LOG_LINES = 25;

  /** Where it answers, without a path. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + httpPort);
  }

  String transportAddress() {
    return "127.0.0.1:" + transportPort;
  }

  Path config() {
    return home.resolve("config");
  }

  Path data() {
    return home.resolve("data");
  }

  Path logs() {
    return home.resolve("logs");
  }

  Path temporary() {
    return home.resolve("tmp");
  }

  /** Where repositories of snapshots may be, for all nodes where it is the first one's. */
  public Path snapshots() {
    return home.resolve("snapshots");
  }

  /** The end of what its process wrote, for people. */
  String lastLines() throws IOException {
    if (!Files.exists(console())) {
      return "(it wrote nothing)";
    }
    // Not readString: a killed process may have left half a character.
    List<String> lines =
        new String(Files.readAllBytes(console()), StandardCharsets.UTF_8).lines().toList();
    int from = Math.max(0, lines.size() - LOG_LINES);
    return String.join("\n", lines.subList(from, lines.size())) + "\n(" + console() + ")";
  }

  /** What its process wrote to its output. */
  public Path console() {
    return logs().resolve("console.log");
  }
}
