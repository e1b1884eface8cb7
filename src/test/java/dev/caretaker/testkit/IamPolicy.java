package dev.caretaker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;

/** A policy of {@code manifests/iam}, which says what may be done, and nothing of what may not. */
public final class IamPolicy {
  private static final Path FOLDER = Path.of("manifests", "iam");

  private IamPolicy() {}

  /** The actions that a policy allows, as IAM names them. */
  public static SortedSet<String> allowed(String file) throws IOException {
    var text = Files.readString(FOLDER.resolve(file));
    var actions = new TreeSet<String>();
    for (var statement : new ObjectMapper().readTree(text).path("Statement")) {
      assertThat(statement.path("Effect").asText()).isEqualTo("Allow");
      var said = statement.path("Action");
      said.forEach((JsonNode each) -> actions.add(each.asText()));
      if (said.isTextual()) {
        actions.add(said.asText());
      }
    }
    return actions;
  }
}
