package dev.caretaker.sandbox.stand;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import dev.caretaker.sandbox.engine.EngineNode;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** The example EsCluster, with the ports and nodes of this sandbox in it. */
public final class Example {

  private static final String FILE = "/examples/sandbox/activedata.yaml";
  private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

  private final ObjectNode object;

  private Example(ObjectNode object) {
    this.object = object;
  }

  /** Where the file says that a cluster and its keeper are. */
  record Declared(URI endpoint, URI keeper) {}

  /** Reads where the file says that everything is. */
  static Declared declared() throws IOException {
    var spec = read().path("spec");
    return new Declared(
        URI.create(spec.at("/connection/endpoints/0").asText()),
        URI.create(spec.at("/hosts/access/local/keeper").asText()));
  }

  /**
   * Reads the example and fills it in.
   *
   * @param endpoints where the operator reaches the nodes
   * @param way how it reaches the processes
   * @throws IOException also when a node's zone is none of the example's
   */
  static Example read(List<URI> endpoints, HostWay way, List<EngineNode> nodes) throws IOException {
    var example = new Example(read());
    example.fillIn(endpoints, way, nodes);
    return example;
  }

  private static ObjectNode read() throws IOException {
    var stream = Optional.ofNullable(Example.class.getResourceAsStream(FILE));
    if (stream.isEmpty()) {
      throw new IOException("this build of Caretaker has no " + FILE);
    }
    try (var yaml = stream.get()) {
      return (ObjectNode) YAML.readTree(yaml);
    }
  }

  /** Writes it to a file, as kubectl and {@code caretaker plan} read it. */
  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    YAML.writeValue(file.toFile(), object);
  }

  /** The same with a wish for a restart. */
  Example asking(Instant restartedAt) {
    var asking = new Example(object());
    asking.object.withObject("/spec/rollout").put("restartedAt", restartedAt.toString());
    return asking;
  }

  public String name() {
    return object.path("metadata").path("name").asText();
  }

  /** A copy of the object. */
  public ObjectNode object() {
    return object.deepCopy();
  }

  private void fillIn(List<URI> endpoints, HostWay way, List<EngineNode> nodes) throws IOException {
    var spec = (ObjectNode) object.get("spec");
    var urls = spec.withObject("/connection").putArray("endpoints");
    endpoints.forEach(url -> urls.add(url.toString()));
    for (var node : nodes) {
      requireZone(spec, node);
    }
    way.describe(spec.withObject("/hosts"), nodes);
    acceptSingleNodeZones(spec, nodes);
  }

  private static void requireZone(JsonNode spec, EngineNode node) throws IOException {
    for (var zone : spec.path("zones").path("list")) {
      if (zone.path("name").asText().equals(node.zone())) {
        return;
      }
    }
    throw new IOException(
        "zone " + node.zone() + " is not in " + FILE + ": name zones of it in --nodes");
  }

  /** A zone of one node is bounced only where somebody accepts that it is empty meanwhile. */
  private static void acceptSingleNodeZones(ObjectNode spec, List<EngineNode> nodes) {
    Map<String, Long> sizes =
        nodes.stream().collect(Collectors.groupingBy(EngineNode::zone, Collectors.counting()));
    if (sizes.containsValue(1L)) {
      spec.withObject("/rollout")
          .withArray("/accept")
          .addObject()
          .put("structural", "SingleNodeZone")
          .put("reason", "this sandbox was started with a zone of one node")
          .put(
              "until",
              Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS).toString());
    }
  }
}
