package dev.caretaker.sandbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.sandbox.recorder.Effect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What the operator did to the engine, in words. */
final class Deeds {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String MARK = "cluster.metadata.caretaker.";
  private static final int LONGEST = 200;

  /** One line for one effect. */
  String describe(Effect effect, Map<String, String> namesById) {
    var path = effect.path().split("\\?", 2)[0];
    try {
      var body = JSON.readTree(effect.body());
      return switch (path) {
        case "/_cluster/settings" -> settings(body);
        case "/_cluster/reroute" -> reroute(body, namesById);
        default -> brief(effect.method() + " " + path + " " + effect.body());
      };
    } catch (JsonProcessingException e) {
      return brief(effect.method() + " " + path + " " + effect.body());
    }
  }

  private static String settings(JsonNode body) {
    var values = new ArrayList<String>();
    var mark = body.path("persistent");
    for (var scope : List.of("persistent", "transient")) {
      for (var setting : body.path(scope).properties()) {
        if (!setting.getKey().startsWith(MARK)) {
          var key = setting.getKey().replace("cluster.routing.", "");
          var value = setting.getValue().isNull() ? "(none)" : setting.getValue().asText();
          values.add((scope.equals("persistent") ? "" : scope + " ") + key + "=" + value);
        }
      }
    }
    var stage =
        mark.path(MARK + "procedure").asText("") + " " + mark.path(MARK + "stage").asText("");
    var signed =
        mark.path(MARK + "owner").isTextual() ? "marked " + stage.strip() : "and removes its mark";
    return brief("writes settings: " + String.join(" ", values) + ", " + signed);
  }

  private static String reroute(JsonNode body, Map<String, String> names) {
    var words = new ArrayList<String>();
    for (var command : body.path("commands")) {
      for (var verb : command.properties()) {
        var what = verb.getValue();
        var from = named(what.path("from_node"), names);
        var to = named(what.has("to_node") ? what.path("to_node") : what.path("node"), names);
        words.add(
            "%s %s[%s]%s to %s"
                .formatted(
                    verb.getKey().replace('_', ' '),
                    what.path("index").asText(),
                    what.path("shard").asText(),
                    from.isEmpty() ? "" : " from " + from,
                    to));
      }
    }
    return brief("asks to " + String.join(", ", words));
  }

  private static String named(JsonNode id, Map<String, String> names) {
    return names.getOrDefault(id.asText(), id.asText());
  }

  private static String brief(String text) {
    var line = text.replaceAll("\\s+", " ");
    return line.length() > LONGEST ? line.substring(0, LONGEST) + "..." : line;
  }
}
