package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.kernel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Reads from {@code _recovery} how every copy that stands came from another node. */
final class RecoveriesParser {
  static final String PATH =
      "/_recovery?filter_path=*.shards.type,*.shards.stage,*.shards.total_time_in_millis,"
          + "*.shards.index.size.recovered_in_bytes";

  private final JsonStream json;
  private final List<Recovery> recoveries = new ArrayList<>();
  private String type = "";
  private String stage = "";
  private long millis;
  private long copied;

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
    millis = 0;
    copied = 0;
    json.fields(
        name -> {
          switch (name) {
            case "type" -> type = json.text().orElse("");
            case "stage" -> stage = json.text().orElse("");
            case "total_time_in_millis" -> millis = json.number(0);
            case "index" -> json.fields(size -> json.fields(bytes -> copied = json.number(0)));
            default -> {}
          }
        });
    if (type.equals("PEER") && stage.equals("DONE") && millis > 0 && copied > 0) {
      recoveries.add(new Recovery(new Bytes(copied), Duration.ofMillis(millis)));
    }
  }
}
