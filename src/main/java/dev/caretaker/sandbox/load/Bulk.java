package dev.caretaker.sandbox.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** A batch of new documents as one request, and what its answer says of each. */
final class Bulk {

  /** One document. */
  record Document(String index, String id, String text) {}

  private final boolean typed;
  private final List<Document> documents = new ArrayList<>();

  /**
   * @param typed whether the engine still wants a mapping type, as version 6 does
   */
  Bulk(boolean typed) {
    this.typed = typed;
  }

  void add(Document document) {
    documents.add(document);
  }

  String body() {
    var body = new StringBuilder();
    for (var document : documents) {
      var header = object().put("_index", document.index()).put("_id", document.id());
      if (typed) {
        header.put("_type", "_doc");
      }
      var action = object();
      action.set("index", header);
      body.append(action).append('\n');
      body.append(object().put("text", document.text())).append('\n');
    }
    return body.toString();
  }

  /** The documents that at least two copies took. */
  List<Document> acknowledged(JsonNode answer) {
    var taken = new ArrayList<Document>();
    var items = answer.path("items");
    for (int place = 0; place < items.size() && place < documents.size(); place++) {
      var item = items.get(place).path("index");
      var document = documents.get(place);
      boolean same = item.path("_id").asText().equals(document.id());
      boolean stored = item.path("status").asInt() / 100 == 2;
      if (same && stored && item.path("_shards").path("successful").asInt() >= 2) {
        taken.add(document);
      }
    }
    return taken;
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
