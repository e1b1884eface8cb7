package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.Engine;

/** How an engine is told what new indices get: it changed with 7.8, and types went with 7. */
enum TemplateApi {
  /** One template makes an index, the one of the highest priority. */
  COMPOSABLE("/_index_template/"),
  /** All that match are merged in their order. */
  LEGACY("/_template/"),
  /** The same with the name of a type around each mapping. */
  TYPED("/_template/");

  private static final int FIRST_COMPOSABLE_MINOR = 8;

  private final String path;

  TemplateApi(String path) {
    this.path = path;
  }

  static TemplateApi of(Engine engine) {
    if (engine.flavour() == Engine.Flavour.OPENSEARCH || engine.major() > 7) {
      return COMPOSABLE;
    }
    if (engine.major() < 7) {
      return TYPED;
    }
    return minor(engine.version()) >= FIRST_COMPOSABLE_MINOR ? COMPOSABLE : LEGACY;
  }

  private static int minor(String version) {
    var parts = version.split("\\.", 3);
    return parts.length > 1 && parts[1].matches("\\d{1,4}") ? Integer.parseInt(parts[1]) : 0;
  }

  String path(String template) {
    return path + Call.segment(template);
  }

  /** What must stand in the query where mappings go or come, or 6.8 warns each time. */
  String typeFlag() {
    return this == TYPED ? "include_type_name=true&" : "";
  }
}
