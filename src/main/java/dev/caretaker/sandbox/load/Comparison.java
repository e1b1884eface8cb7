package dev.caretaker.sandbox.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caretaker.sandbox.watch.EngineDoor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Looks for every acknowledged document by its id. */
public final class Comparison {

  private static final int AT_ONCE = 500;

  private final EngineDoor engine;
  private final boolean typed;

  /**
   * @param typed whether the engine still wants a mapping type, as version 6 does
   */
  public Comparison(EngineDoor engine, boolean typed) {
    this.engine = engine;
    this.typed = typed;
  }

  /**
   * The documents that are missing or different, as index/id.
   *
   * @throws IOException when the engine did not answer; nothing is known then
   */
  public List<String> lost(Ledger ledger) throws IOException, InterruptedException {
    var lost = new ArrayList<String>();
    for (var index : ledger.indices()) {
      var documents = ledger.documents(index);
      for (int from = 0; from < documents.size(); from += AT_ONCE) {
        int to = Math.min(documents.size(), from + AT_ONCE);
        lost.addAll(lostOf(index, documents.subList(from, to)));
      }
    }
    return lost;
  }

  private List<String> lostOf(String index, List<Map.Entry<String, String>> documents)
      throws IOException, InterruptedException {
    var body = JsonNodeFactory.instance.objectNode();
    var ids = body.putArray("ids");
    documents.forEach(document -> ids.add(document.getKey()));
    var path = "/" + index + (typed ? "/_doc" : "") + "/_mget";
    var stored = texts(engine.ask("POST", path, body.toString()).body());
    return documents.stream()
        .filter(document -> !document.getValue().equals(stored.get(document.getKey())))
        .map(document -> index + "/" + document.getKey())
        .toList();
  }

  /** A document that is not found has no text, nor has one whose shard did not answer. */
  private static Map<String, String> texts(JsonNode answer) {
    var texts = new HashMap<String, String>();
    for (var document : answer.path("docs")) {
      var text = document.path("_source").path("text");
      if (document.path("found").asBoolean() && text.isTextual()) {
        texts.put(document.path("_id").asText(), text.asText());
      }
    }
    return texts;
  }
}
