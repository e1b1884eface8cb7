package dev.caretaker.sandbox.engine;

import java.net.URI;
import java.nio.file.Path;

/**
 * One node of a sandbox cluster; its name is also the name of its program in the keeper.
 *
 * @param zone the value of its {@code node.attr.zone}
 * @param home where its own files are: config, data, logs, tmp
 */
public record EngineNode(String name, String zone, int httpPort, int transportPort, Path home) {

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

  /** What its process wrote to its output. */
  public Path console() {
    return logs().resolve("console.log");
  }
}
