package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.Engine;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView.Disk;
import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.kernel.Bytes;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the nodes themselves answered; one that is frozen is missing.
 *
 * @param failed how many did not answer
 */
record NodeAnswers(int failed, Map<NodeId, Answer> answers) {
  /** A frozen node costs its callers this long. */
  private static final String PATIENCE = "timeout=2s";

  static final String PATH =
      "/_nodes/jvm,settings?"
          + PATIENCE
          + "&filter_path=_nodes.failed,nodes.*.version,nodes.*.build_flavor,nodes.*.roles,"
          + "nodes.*.jvm.start_time_in_millis,nodes.*.settings."
          + SettingsParser.QUORUM;

  /** Enough to know which API answers there. */
  static final String ITSELF = "/_nodes/_local?filter_path=nodes.*.version,nodes.*.build_flavor";

  static final String DISKS_PATH =
      "/_nodes/stats/fs?"
          + PATIENCE
          + "&filter_path=nodes.*.fs.total.total_in_bytes,nodes.*.fs.total.available_in_bytes";

  /**
   * One node's answer.
   *
   * @param buildFlavour Elasticsearch says one, OpenSearch does not
   * @param minimumMasterNodes of its elasticsearch.yml
   */
  record Answer(
      String version,
      Optional<String> buildFlavour,
      Set<Role> roles,
      Optional<Instant> startedAt,
      Optional<Integer> minimumMasterNodes) {

    /** Told apart here, because {@code GET /} is not answered by every distribution. */
    Engine engine() {
      var first = version.split("\\.", 2)[0];
      int major = first.matches("\\d{1,4}") ? Integer.parseInt(first) : 0;
      // Elasticsearch before 6.3 said no flavour either, and OpenSearch began again at 1.
      boolean elasticsearch = buildFlavour.isPresent() || major >= 5;
      var flavour = elasticsearch ? Engine.Flavour.ELASTICSEARCH : Engine.Flavour.OPENSEARCH;
      return new Engine(flavour, major, version);
    }
  }

  static NodeAnswers parse(InputStream body) throws IOException {
    return JsonStream.read(
        body,
        json -> {
          var answers = new HashMap<NodeId, Answer>();
          int[] failed = new int[1];
          json.fields(
              part -> {
                if (part.equals("_nodes")) {
                  json.fields(name -> failed[0] = (int) json.number(0));
                } else if (part.equals("nodes")) {
                  json.fields(id -> answers.put(new NodeId(id), node(json)));
                }
              });
          return new NodeAnswers(failed[0], Map.copyOf(answers));
        });
  }

  private static Answer node(JsonStream json) throws IOException {
    var texts = new HashMap<String, String>();
    var roles = new HashSet<Role>();
    json.fields(
        name -> {
          switch (name) {
            case "roles" -> roles.addAll(Roles.read(json));
            case "jvm", "settings" -> texts.putAll(json.flattened());
            default -> json.text().ifPresent(text -> texts.put(name, text));
          }
        });
    return new Answer(
        texts.getOrDefault("version", ""),
        Optional.ofNullable(texts.get("build_flavor")),
        Set.copyOf(roles),
        Optional.ofNullable(texts.get("start_time_in_millis"))
            .flatMap(JsonStream::whole)
            .map(Instant::ofEpochMilli),
        Optional.ofNullable(texts.get(SettingsParser.QUORUM))
            .flatMap(JsonStream::whole)
            .map(Long::intValue));
  }

  static Map<NodeId, Disk> parseDisks(InputStream body) throws IOException {
    return JsonStream.read(
        body,
        json -> {
          var disks = new HashMap<NodeId, Disk>();
          json.fields(
              part -> {
                if (part.equals("nodes")) {
                  json.fields(id -> disk(json).ifPresent(disk -> disks.put(new NodeId(id), disk)));
                }
              });
          return disks;
        });
  }

  private static Optional<Disk> disk(JsonStream json) throws IOException {
    var flat = json.flattened();
    var total = bytes(flat, "fs.total.total_in_bytes");
    // What the engine's watermarks look at: not all that is free may be used.
    var free = bytes(flat, "fs.total.available_in_bytes");
    return total.flatMap(all -> free.map(rest -> new Disk(all, rest)));
  }

  private static Optional<Bytes> bytes(Map<String, String> flat, String key) {
    return JsonStream.whole(flat.getOrDefault(key, ""))
        .map(amount -> new Bytes(Math.max(0, amount)));
  }
}
