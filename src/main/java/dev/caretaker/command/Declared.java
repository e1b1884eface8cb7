package dev.caretaker.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.caretaker.api.EsCluster;
import dev.caretaker.api.EtlPipeline;
import dev.caretaker.api.SpotFleet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What files declare, as kubectl would apply it; other kinds than ours are left alone. */
record Declared(List<EsCluster> clusters, List<SpotFleet> fleets, List<EtlPipeline> pipelines) {
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());
  static final Declared NOTHING = new Declared(List.of(), List.of(), List.of());

  /**
   * Reads files, and the YAML and JSON files of folders.
   *
   * @throws IOException naming the file and what is wrong with it, also where nothing is declared
   */
  static Declared read(List<Path> paths) throws IOException {
    var found = new Declared(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
    for (var path : paths) {
      for (var file : files(path)) {
        read(file, found);
      }
    }
    if (found.isEmpty()) {
      throw new IOException("no EsCluster, SpotFleet or EtlPipeline in " + paths);
    }
    return found;
  }

  private boolean isEmpty() {
    return clusters.isEmpty() && fleets.isEmpty() && pipelines.isEmpty();
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

  private static void read(Path file, Declared found) throws IOException {
    try (var documents = YAML.readerFor(JsonNode.class).<JsonNode>readValues(file.toFile())) {
      while (documents.hasNextValue()) {
        var document = documents.nextValue();
        if (is("EsCluster", document)) {
          found.clusters().add(YAML.treeToValue(document, EsCluster.class));
        } else if (is("SpotFleet", document)) {
          found.fleets().add(YAML.treeToValue(document, SpotFleet.class));
        } else if (is("EtlPipeline", document)) {
          found.pipelines().add(YAML.treeToValue(document, EtlPipeline.class));
        }
      }
    } catch (IOException odd) {
      throw new IOException(file + " cannot be read: " + odd.getMessage(), odd);
    }
  }

  private static boolean is(String kind, JsonNode document) {
    return document.path("kind").asText().equals(kind)
        && document.path("apiVersion").asText().startsWith("caretaker.dev/");
  }
}
