package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/** Objects that a scenario applies, from a YAML file of this build. */
final class Shipped {
  private Shipped() {}

  static List<ObjectNode> objects(String file) throws IOException {
    Optional<InputStream> stream = Optional.ofNullable(Shipped.class.getResourceAsStream(file));
    if (stream.isEmpty()) {
      throw new IOException("this build of Caretaker has no " + file);
    }
    try (var yaml = stream.get()) {
      return new ObjectMapper(new YAMLFactory())
          .readerFor(ObjectNode.class)
          .<ObjectNode>readValues(yaml)
          .readAll();
    }
  }
}
