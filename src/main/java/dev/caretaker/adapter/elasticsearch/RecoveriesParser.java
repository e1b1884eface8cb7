package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.kernel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Reads from {@code _recovery} how every copy that stands came from another node. */
final class RecoveriesParser {
  static final String PATH =
      "/_recovery?filter_path=*.shards.type,*.shards.stage,*.shards.start_time_in_millis,"
          + "*.shards.total_time_in_millis,*.shards.target.name,"
          + "*.shards.index.size.recovered_in_bytes,*.shards.index.size.reused_in_bytes";

  private final JsonStream json;
  private final List<Recovery> recoveries = new ArrayList<>();
  private String type = "";
  private String stage = "";
  private String node = "";
  private long began;
  private long millis;
  private long copied;
  private long reused;

  private RecoveriesParser(JsonStream json) {
    this.json = json;
  }

  static List<Recovery> parse(InputStream body) throws IOException {
    return JsonStream.read(
        body,
        json -> {
          var parser = new RecoveriesParser(json);
          json.fields(index -> json.fields(shards -> json.elements(parser::copy)));
          return List.copyOf(parser.recoveries);
        });
  }

  private void copy() throws IOException {
    type = "";
    stage = "";
    node = "";
    began = 0;
    millis = 0;
    copied = 0;
    reused = 0;
    json.fields(this::field);
    if (type.equals("PEER") && stage.equals("DONE") && !node.isEmpty()) {
      recoveries.add(
          new Recovery(
              new NodeName(node),
              // A new copy brings at least an empty commit; who only replays operations has one.
              reused > 0 || copied == 0,
              new Bytes(copied),
              Instant.ofEpochMilli(began),
              Duration.ofMillis(Math.max(1, millis))));
    }
  }

  private void field(String name) throws IOException {
    switch (name) {
      case "type" -> type = json.text().orElse("");
      case "stage" -> stage = json.text().orElse("");
      case "start_time_in_millis" -> began = json.number(0);
      case "total_time_in_millis" -> millis = json.number(0);
      case "target" -> json.fields(part -> node = json.text().orElse(""));
      case "index" -> json.fields(size -> json.fields(this::bytes));
      default -> {}
    }
  }

  private void bytes(String name) throws IOException {
    long value = json.number(0);
    if (name.equals("reused_in_bytes")) {
      reused = value;
    } else {
      copied = value;
    }
  }
}
