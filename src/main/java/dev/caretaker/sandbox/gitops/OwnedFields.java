package dev.caretaker.sandbox.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Reads in an object's {@code managedFields} who owns which field of its spec. */
public final class OwnedFields {

  private OwnedFields() {}

  /**
   * The fields of the spec that somebody else owns, as {@code manager f:spec/f:paused}.
   *
   * @param known the managers that may own some
   */
  public static List<String> ofSpecByOthers(JsonNode object, Set<String> known) {
    var owned = new ArrayList<String>();
    for (var entry : object.path("metadata").path("managedFields")) {
      var manager = entry.path("manager").asText();
      var spec = entry.path("fieldsV1").path("f:spec");
      if (!known.contains(manager) && !spec.isMissingNode()) {
        collect(manager + " f:spec", spec, owned);
      }
    }
    return owned;
  }

  private static void collect(String at, JsonNode fields, List<String> owned) {
    if (fields.isEmpty()) {
      owned.add(at);
    }
    fields.properties().forEach(each -> collect(at + "/" + each.getKey(), each.getValue(), owned));
  }
}
