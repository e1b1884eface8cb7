package dev.caretaker.sandbox.audit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.sandbox.watch.EngineDoor;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * One document of a pipeline, as the engine has it.
 *
 * @param number of the message that it was made from; negative for a trial's
 * @param worker who wrote it
 * @param version of the code that wrote it
 */
public record StoredDocument(
    String index, long number, String worker, String version, Instant sentAt, Instant storedAt) {
  private static final int AT_ONCE = 5000;

  /** How old the message was when it was worked on. */
  public Duration age() {
    return Duration.between(sentAt, storedAt);
  }

  /**
   * Every document of the indices whose names begin so, whatever their aliases.
   *
   * @throws IOException when the engine did not answer, or a shard of it; nothing is known then
   */
  public static List<StoredDocument> all(EngineDoor engine, List<String> tables)
      throws IOException, InterruptedException {
    var names = String.join(",", tables.stream().map(table -> table + "*").toList());
    engine.ask("POST", "/" + names + "/_refresh", "");
    var documents = new ArrayList<StoredDocument>();
    var answer = engine.ask("POST", "/" + names + "/_search?scroll=1m", first().toString()).body();
    while (!answer.at("/hits/hits").isEmpty()) {
      if (answer.at("/_shards/failed").asInt(1) > 0) {
        throw new IOException("not every shard answered: " + answer.path("_shards"));
      }
      answer.at("/hits/hits").forEach(hit -> documents.add(of(hit)));
      answer = engine.ask("POST", "/_search/scroll", next(answer).toString()).body();
    }
    return documents;
  }

  private static ObjectNode first() {
    var body = JsonNodeFactory.instance.objectNode().put("size", AT_ONCE);
    body.putArray("sort").add("_doc");
    return body;
  }

  private static ObjectNode next(JsonNode answer) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("scroll", "1m")
        .put("scroll_id", answer.path("_scroll_id").asText());
  }

  private static StoredDocument of(JsonNode hit) {
    var source = hit.path("_source");
    return new StoredDocument(
        hit.path("_index").asText(),
        source.path("number").asLong(),
        source.path("worker").asText(),
        source.path("version").asText(),
        Instant.parse(source.path("sentAt").asText()),
        Instant.parse(source.path("storedAt").asText()));
  }
}
