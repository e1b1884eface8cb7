package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** Reads {@code _cluster/state}. Parts may come in any order, so copies are put together last. */
final class StateParser {
  /** Only what is read here; without it a state carries every mapping. */
  static final String PATH =
      "/_cluster/state/blocks,master_node,nodes,routing_table,metadata?filter_path="
          + String.join(
              ",",
              "cluster_uuid",
              "blocks.global.*.description",
              "blocks.global.*.levels",
              "master_node",
              "nodes.*.name",
              "nodes.*.ephemeral_id",
              "nodes.*.attributes",
              "nodes.*.roles",
              "metadata.cluster_coordination.last_committed_config",
              "metadata.indices.*.state",
              "metadata.indices.*.in_sync_allocations",
              "metadata.indices.*.settings.index.number_of_replicas",
              "metadata.indices.*.settings.index.auto_expand_replicas",
              "metadata.indices.*.settings.index.routing",
              "routing_table.indices.*.shards.*.state",
              "routing_table.indices.*.shards.*.primary",
              "routing_table.indices.*.shards.*.node",
              "routing_table.indices.*.shards.*.relocating_node",
              "routing_table.indices.*.shards.*.allocation_id.id",
              "routing_table.indices.*.shards.*.unassigned_info.reason");

  private final JsonStream json;
  private final List<MasterState.Member> members = new ArrayList<>();
  private final Map<String, IndexMetadata> metadata = new HashMap<>();
  private final TreeMap<ShardId, List<ListedCopy>> routing = new TreeMap<>();
  private final Set<NodeId> voters = new HashSet<>();

  // 50,000 copies name the same hundred nodes and five reasons: one object each.
  private final Map<String, Optional<NodeId>> nodeIds = new HashMap<>();
  private final Map<String, Optional<String>> reasons = new HashMap<>();

  private Optional<String> uuid = Optional.empty();
  private Optional<NodeId> master = Optional.empty();
  private Optional<String> hidden = Optional.empty();

  private record ListedCopy(ShardCopy copy, String allocationId) {}

  private StateParser(JsonStream json) {
    this.json = json;
  }

  static MasterState parse(InputStream body) throws IOException {
    return JsonStream.read(
        body,
        json -> {
          var parser = new StateParser(json);
          json.fields(parser::topLevel);
          return parser.result();
        });
  }

  private void topLevel(String name) throws IOException {
    switch (name) {
      case "cluster_uuid" -> uuid = json.text();
      case "master_node" -> master = json.text().map(NodeId::new);
      case "blocks" -> json.fields(part -> json.fields(block -> block()));
      case "nodes" -> json.fields(this::node);
      case "metadata" -> json.fields(this::metadataPart);
      case "routing_table" -> json.fields(part -> json.fields(this::routedIndex));
      default -> {}
    }
  }

  /** Under such a block a state is answered all the same, without what it is about. */
  private void block() throws IOException {
    var levels = new HashSet<String>();
    var description = new ArrayList<String>(1);
    json.fields(
        name -> {
          if (name.equals("levels")) {
            json.elements(() -> json.text().ifPresent(levels::add));
          } else {
            json.text().ifPresent(description::add);
          }
        });
    if (levels.contains("metadata_read")) {
      hidden = Optional.of(String.join(" ", description));
    }
  }

  private void node(String id) throws IOException {
    var fields = new HashMap<String, String>();
    var attributes = new HashMap<String, String>();
    var roles = new ArrayList<Set<Role>>(1);
    json.fields(
        name -> {
          switch (name) {
            case "attributes" -> attributes.putAll(json.flattened());
            case "roles" -> roles.add(Roles.read(json));
            default -> json.text().ifPresent(text -> fields.put(name, text));
          }
        });
    members.add(
        new MasterState.Member(
            new NodeId(id),
            new NodeName(fields.getOrDefault("name", id)),
            fields.getOrDefault("ephemeral_id", ""),
            Map.copyOf(attributes),
            roles.stream().findFirst()));
  }

  private void metadataPart(String name) throws IOException {
    switch (name) {
      case "cluster_coordination" ->
          json.fields(
              part -> json.elements(() -> json.text().ifPresent(id -> voters.add(new NodeId(id)))));
      case "indices" -> json.fields(index -> metadata.put(index, IndexMetadata.read(json)));
      default -> {}
    }
  }

  private void routedIndex(String index) throws IOException {
    json.fields(
        part ->
            json.fields(
                number -> {
                  var shard = new ShardId(index, IndexMetadata.shardNumber(number));
                  var copies = new ArrayList<ListedCopy>(3);
                  json.elements(() -> copies.add(copy(shard)));
                  routing.put(shard, copies);
                }));
  }

  /** In-sync sets may come later in the body, so every copy starts as not in sync. */
  private ListedCopy copy(ShardId shard) throws IOException {
    var fields = new CopyFields();
    json.fields(name -> read(name, fields));
    var copy =
        new ShardCopy(
            shard,
            fields.primary,
            fields.state,
            fields.node,
            fields.relocatingTo,
            false,
            fields.reason);
    return new ListedCopy(copy, fields.allocationId);
  }

  /** The parts of one copy, as they come. */
  private static final class CopyFields {
    private ShardCopy.State state = ShardCopy.State.UNASSIGNED;
    private boolean primary;
    private Optional<NodeId> node = Optional.empty();
    private Optional<NodeId> relocatingTo = Optional.empty();
    private Optional<String> reason = Optional.empty();
    private String allocationId = "";
  }

  private void read(String name, CopyFields fields) throws IOException {
    switch (name) {
      case "state" -> fields.state = state();
      case "primary" -> fields.primary = json.yes();
      case "node" -> fields.node = nodeId();
      case "relocating_node" -> fields.relocatingTo = nodeId();
      case "allocation_id" ->
          json.fields(
              part -> {
                if (part.equals("id")) {
                  fields.allocationId = json.text().orElse("");
                }
              });
      case "unassigned_info" ->
          json.fields(
              part -> {
                if (part.equals("reason")) {
                  fields.reason = reason();
                }
              });
      default -> {}
    }
  }

  private ShardCopy.State state() throws IOException {
    var word = json.text().orElse("");
    return switch (word) {
      case "STARTED" -> ShardCopy.State.STARTED;
      case "RELOCATING" -> ShardCopy.State.RELOCATING;
      case "INITIALIZING" -> ShardCopy.State.INITIALIZING;
      case "UNASSIGNED" -> ShardCopy.State.UNASSIGNED;
      default -> throw new IOException("no state of a shard: " + word);
    };
  }

  private Optional<NodeId> nodeId() throws IOException {
    var text = json.text();
    return text.isEmpty()
        ? Optional.empty()
        : nodeIds.computeIfAbsent(text.get(), id -> Optional.of(new NodeId(id)));
  }

  private Optional<String> reason() throws IOException {
    var text = json.text();
    return text.isEmpty() ? text : reasons.computeIfAbsent(text.get(), Optional::of);
  }

  private MasterState result() throws IOException {
    // Whatever else may be left out of an answer, this never is: nothing is no empty cluster.
    var clusterUuid = uuid.orElseThrow(() -> new IOException("no state of a cluster"));
    var copies = new TreeMap<ShardId, List<ShardCopy>>();
    routing.forEach((shard, listed) -> copies.put(shard, withInSync(shard, listed)));
    var indices = new TreeMap<String, IndexView>();
    metadata.forEach((name, index) -> indices.put(name, index.view(name)));
    return new MasterState(
        clusterUuid, hidden, master, Set.copyOf(voters), List.copyOf(members), copies, indices);
  }

  private List<ShardCopy> withInSync(ShardId shard, List<ListedCopy> listed) {
    var index = metadata.get(shard.index());
    var inSync = index == null ? Set.<String>of() : index.inSync(shard.number());
    return listed.stream()
        .map(each -> inSync.contains(each.allocationId()) ? inSync(each.copy()) : each.copy())
        .toList();
  }

  private static ShardCopy inSync(ShardCopy copy) {
    return new ShardCopy(
        copy.shard(),
        copy.primary(),
        copy.state(),
        copy.node(),
        copy.relocatingTo(),
        true,
        copy.unassignedBecause());
  }
}
