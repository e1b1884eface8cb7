package dev.caretaker.sandbox.audit;

import dev.caretaker.sandbox.watch.EngineDoor;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Indices that look like a table's and are none of it. */
public final class LookAlikes {

  private LookAlikes() {}

  /**
   * Indices whose names begin like one of these tables and that do not carry its alias.
   *
   * @throws IOException when the engine did not answer; nothing is known then
   */
  public static Set<String> of(EngineDoor engine, List<String> tables)
      throws IOException, InterruptedException {
    var strange = new TreeSet<String>();
    var indices = engine.get("/_all/_alias?expand_wildcards=all").body();
    for (var index : indices.properties()) {
      for (var table : tables) {
        boolean carries = index.getValue().path("aliases").has(table);
        if (index.getKey().startsWith(table) && !carries) {
          strange.add(index.getKey());
        }
      }
    }
    return strange;
  }

  /** How many indices an alias has; more than one right after its introduction is one too many. */
  public static int behind(EngineDoor engine, String table)
      throws IOException, InterruptedException {
    int count = 0;
    for (var index : engine.get("/_all/_alias?expand_wildcards=all").body()) {
      count += index.path("aliases").has(table) ? 1 : 0;
    }
    return count;
  }
}
