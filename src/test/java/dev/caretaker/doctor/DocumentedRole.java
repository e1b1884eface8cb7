package dev.caretaker.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import dev.caretaker.adapter.elasticsearch.Privilege;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.regex.Pattern;

/** The role that docs/install.md tells people to make. */
final class DocumentedRole {
  static final String PROBE = "unittest";
  private static final Pattern BLOCK =
      Pattern.compile("<!-- role: elasticsearch -->\n```json\n(.*?)```", Pattern.DOTALL);

  private DocumentedRole() {}

  static JsonNode read() throws IOException {
    var page = Files.readString(Path.of("docs", "install.md"));
    var block = BLOCK.matcher(page);
    if (!block.find()) {
      throw new IOException("docs/install.md shows no role");
    }
    return new ObjectMapper().readTree(Objects.requireNonNull(block.group(1)));
  }

  /** The same role without one privilege. */
  static JsonNode without(Privilege privilege) throws IOException {
    var role = read();
    remove(list(role, privilege), privilege.granted());
    // A role has no entry for indices without a privilege.
    var entries = (ArrayNode) role.path("indices");
    for (int i = entries.size() - 1; i >= 0; i--) {
      if (entries.get(i).path("privileges").isEmpty()) {
        entries.remove(i);
      }
    }
    return role;
  }

  /** Where a role grants it. */
  static ArrayNode list(JsonNode role, Privilege privilege) {
    return switch (privilege.scope()) {
      case CLUSTER -> (ArrayNode) role.path("cluster");
      case INDICES -> (ArrayNode) role.path("indices").path(0).path("privileges");
      case PROBE -> (ArrayNode) role.path("indices").path(1).path("privileges");
    };
  }

  private static void remove(ArrayNode list, String granted) {
    for (int i = 0; i < list.size(); i++) {
      if (list.get(i).asText().equals(granted)) {
        list.remove(i);
        return;
      }
    }
    throw new IllegalArgumentException("docs/install.md does not grant " + granted);
  }
}
