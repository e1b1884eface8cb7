package dev.caretaker.sandbox.gitops;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** What people have in Git, checked out into a folder: one file an object. */
public record Repository(Path folder) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  /** An empty one. */
  public static Repository in(Path folder) throws IOException {
    return new Repository(Files.createDirectories(folder));
  }

  /** Adds an object, or changes it; who reads meanwhile sees the one or the other, whole. */
  public void commit(JsonNode object) throws IOException {
    var file = file(object);
    // No tool reads a file with such an ending.
    var draft = file.resolveSibling(file.getFileName() + ".draft");
    YAML.writeValue(draft.toFile(), object);
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }

  /** Takes an object out of Git. */
  public void remove(JsonNode object) throws IOException {
    Files.delete(file(object));
  }

  private Path file(JsonNode object) {
    var name = object.path("kind").asText() + "-" + object.path("metadata").path("name").asText();
    return folder.resolve(name + ".yaml");
  }
}
