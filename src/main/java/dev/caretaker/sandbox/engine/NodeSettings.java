package dev.caretaker.sandbox.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** The settings file of each node, for every engine. */
final class NodeSettings {

  /** Whether the nodes make a new cluster or belong to one. */
  enum Stage {
    /** The first start of all: the engine is told who elects the first master. */
    BOOTSTRAP,
    /**
     * Every later start. The list of first masters must be gone by then, or nodes that lost their
     * disks could form a second, empty cluster.
     */
    MEMBER,
    /** A machine that joined later and may vanish: it holds data and elects no master. */
    GUEST
  }

  private final EngineKind kind;
  private final List<EngineNode> nodes;
  private final EngineOptions options;

  NodeSettings(EngineKind kind, List<EngineNode> nodes, EngineOptions options) {
    this.kind = kind;
    this.nodes = nodes;
    this.options = options;
  }

  /** The file's content; every value is quoted, which YAML allows for all of them. */
  String of(EngineNode node, Stage stage) {
    Map<String, String> settings = new LinkedHashMap<>();
    settings.put("cluster.name", "caretaker-sandbox");
    settings.put("node.name", node.name());
    settings.put("node.attr.zone", node.zone());
    settings.put("path.data", node.data().toString());
    settings.put("path.logs", node.logs().toString());
    // Every node reaches it, and a node that is wiped leaves it alone.
    settings.put("path.repo", nodes.get(0).snapshots().toString());
    settings.put("network.host", "127.0.0.1");
    settings.put("http.port", Integer.toString(node.httpPort()));
    settings.put(
        kind == EngineKind.ES6 ? "transport.tcp.port" : "transport.port",
        Integer.toString(node.transportPort()));
    putDiscovery(settings, stage);
    if (stage == Stage.GUEST) {
      putGuest(settings, node);
    }
    putWatermarks(settings);
    if (options.placement() == EngineOptions.Placement.ACROSS_ZONES) {
      settings.put("cluster.routing.allocation.awareness.attributes", "zone");
    }
    if (kind != EngineKind.OPENSEARCH) {
      settings.put("xpack.security.enabled", "false");
    }
    if (kind == EngineKind.ES6) {
      // Its native program is one process more per node, and nothing here learns.
      settings.put("xpack.ml.enabled", "false");
    }
    return settings.entrySet().stream()
        .map(setting -> setting.getKey() + ": " + quoted(setting.getValue()) + "\n")
        .collect(Collectors.joining());
  }

  private void putDiscovery(Map<String, String> settings, Stage stage) {
    String seeds =
        nodes.stream().map(EngineNode::transportAddress).collect(Collectors.joining(","));
    if (kind == EngineKind.ES6) {
      int majority = nodes.size() / 2 + 1;
      settings.put("discovery.zen.ping.unicast.hosts", seeds);
      settings.put("discovery.zen.minimum_master_nodes", Integer.toString(majority));
      return;
    }
    settings.put("discovery.seed_hosts", seeds);
    if (stage == Stage.BOOTSTRAP) {
      settings.put(
          kind == EngineKind.OPENSEARCH
              ? "cluster.initial_cluster_manager_nodes"
              : "cluster.initial_master_nodes",
          nodes.stream().map(EngineNode::name).collect(Collectors.joining(",")));
    }
  }

  private void putGuest(Map<String, String> settings, EngineNode node) {
    settings.put("node.attr.instance", node.name());
    if (kind == EngineKind.ES6) {
      settings.put("node.master", "false");
    } else {
      settings.put("node.roles", "data,ingest");
    }
  }

  /** Small and absolute: by default a disk that is 85 % full takes no copies any more. */
  private static void putWatermarks(Map<String, String> settings) {
    settings.put("cluster.routing.allocation.disk.watermark.low", "2gb");
    settings.put("cluster.routing.allocation.disk.watermark.high", "1gb");
    settings.put("cluster.routing.allocation.disk.watermark.flood_stage", "500mb");
  }

  private static String quoted(String value) {
    return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
  }
}
