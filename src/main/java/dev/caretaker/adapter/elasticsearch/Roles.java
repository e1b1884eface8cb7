package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.NodeView.Role;
import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;

/** The engines' words for what a node may do. */
final class Roles {

  private Roles() {}

  /** Reads a list of role names. */
  static Set<Role> read(JsonStream json) throws IOException {
    var roles = EnumSet.noneOf(Role.class);
    json.elements(() -> json.text().map(Roles::of).ifPresent(roles::add));
    return roles;
  }

  private static Role of(String word) {
    if (word.equals("master") || word.equals("cluster_manager")) {
      return Role.MASTER;
    }
    // A node of a tier (data_hot, data_content) holds shards like any other.
    return word.equals("data") || word.startsWith("data_") ? Role.DATA : Role.OTHER;
  }
}
