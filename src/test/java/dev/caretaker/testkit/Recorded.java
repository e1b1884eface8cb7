package dev.caretaker.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Answers that real engines gave, three nodes each: es6, es7, es8, opensearch. */
public final class Recorded {

  private Recorded() {}

  /** The text of one answer. */
  public static String answer(String engine, String name) {
    var path = "/recorded/" + engine + "/" + name + ".json";
    try (var stream = Recorded.class.getResourceAsStream(path)) {
      if (stream == null) {
        throw new IllegalArgumentException("nothing recorded as " + path);
      }
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Makes a server answer every read as that engine did. */
  public static CannedServer server(String engine) {
    return new CannedServer()
        .answer("GET /_cluster/state", 200, answer(engine, "state"))
        .answer("GET /_cluster/settings", 200, answer(engine, "settings"))
        .answer("GET /_nodes/jvm,settings", 200, answer(engine, "nodes"))
        .answer("GET /_nodes/stats/fs", 200, answer(engine, "fs"))
        .answer("GET /_stats/store", 200, answer(engine, "store"))
        .answer("GET /_cluster/health", 200, answer(engine, "health"));
  }
}
