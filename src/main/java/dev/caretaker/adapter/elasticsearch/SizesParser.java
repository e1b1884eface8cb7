package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Map;

/** Reads the size of each shard from {@code _stats}; a closed index has none. */
final class SizesParser {
  static final String PATH =
      "/_stats/store?level=shards&filter_path="
          + "indices.*.shards.*.routing.primary,indices.*.shards.*.store.size_in_bytes";

  private final JsonStream json;
  private final Map<ShardId, Bytes> sizes = new HashMap<>();
  private boolean primary;
  private long size;

  private SizesParser(JsonStream json) {
    this.json = json;
  }

  static Map<ShardId, Bytes> parse(InputStream body) throws IOException {
    return JsonStream.read(
        body,
        json -> {
          var parser = new SizesParser(json);
          json.fields(all -> json.fields(parser::index));
          return parser.sizes;
        });
  }

  private void index(String index) throws IOException {
    json.fields(
        part ->
            json.fields(
                number -> {
                  var shard = new ShardId(index, IndexMetadata.shardNumber(number));
                  json.elements(() -> copy(shard));
                }));
  }

  private void copy(ShardId shard) throws IOException {
    primary = false;
    size = 0;
    json.fields(
        part ->
            json.fields(
                name -> {
                  switch (name) {
                    case "primary" -> primary = json.yes();
                    case "size_in_bytes" -> size = json.number(0);
                    default -> {}
                  }
                }));
    if (primary) {
      sizes.put(shard, new Bytes(Math.max(0, size)));
    }
  }
}
