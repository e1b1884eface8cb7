package dev.caretaker.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.caretaker.api.EsCluster;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** The EsClusters in files, as kubectl would apply them; other kinds are left alone. */
final class Declared {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private Declared() {}

  /**
   * Reads files, and the YAML and JSON files of folders.
   *
   * @throws IOException naming the file and what is wrong with it, also where no EsCluster is there
   */
  static List<EsCluster> read(List<Path> paths) throws IOException {
    var found = new ArrayList<EsCluster>();
    for (var path : paths) {
      for (var file : files(path)) {
        read(file, found);
      }
    }
    if (found.isEmpty()) {
      throw new IOException("no EsCluster in " + paths);
    }
    return found;
  }

  private static List<Path> files(Path path) throws IOException {
    if (!Files.exists(path)) {
      throw new IOException("there is no " + path);
    }
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    try (Stream<Path> entries = Files.list(path)) {
      return entries.filter(Declared::isManifest).sorted().toList();
    }
  }

  private static boolean isManifest(Path file) {
    var name = file.getFileName().toString().toLowerCase(Locale.ROOT);
    return name.endsWith(".yaml") || name.endsWith(".yml") || name.endsWith(".json");
  }

  private static void read(Path file, List<EsCluster> found) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      while (documents.hasNextValue()) {
        var document = documents.nextValue();
        if (isOurs(document)) {
          found.add(YAML.treeToValue(document, EsCluster.class));
        }
      }
    } catch (IOException odd) {
      throw new IOException(file + " cannot be read: " + odd.getMessage(), odd);
    }
  }

  private static boolean isOurs(JsonNode document) {
    return document.path("kind").asText().equals("EsCluster")
        && document.path("apiVersion").asText().startsWith("caretaker.dev/");
  }
}
