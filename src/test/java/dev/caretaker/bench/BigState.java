package dev.caretaker.bench;

import java.util.StringJoiner;

/** A cluster state as the engines write it: any number of shards with two copies each. */
public final class BigState {
  private BigState() {}

  public static String nodeId(int node) {
    return "node-%017d".formatted(node);
  }

  /** The cluster state, with indices of ten shards. */
  public static String state(int nodes, int copies) {
    var members = new StringJoiner(",");
    for (int node = 0; node < nodes; node++) {
      members.add(
          """
          "%s":{"name":"n%d","ephemeral_id":"%s","attributes":{"zone":"%s"},\
          "roles":["data","master"]}"""
              .formatted(nodeId(node), node, "e" + node, node % 2 == 0 ? "spot" : "backup"));
    }
    var metadata = new StringJoiner(",");
    var routing = new StringJoiner(",");
    for (int index = 0; index < copies / 20; index++) {
      var inSync = new StringJoiner(",");
      var shards = new StringJoiner(",");
      for (int shard = 0; shard < 10; shard++) {
        int number = index * 10 + shard;
        inSync.add("\"%d\":[\"%s\",\"%s\"]".formatted(shard, id("p", number), id("r", number)));
        shards.add(
            "\"%d\":[%s,%s]"
                .formatted(
                    shard,
                    copy(true, nodeId(number % nodes), id("p", number)),
                    copy(false, nodeId((number + 1) % nodes), id("r", number))));
      }
      metadata.add(
          """
          "i%d":{"state":"open","settings":{"index":{"number_of_replicas":"1"}},\
          "in_sync_allocations":{%s}}"""
              .formatted(index, inSync));
      routing.add("\"i%d\":{\"shards\":{%s}}".formatted(index, shards));
    }
    return """
    {"cluster_uuid":"big","master_node":"%s","nodes":{%s},"metadata":{"indices":{%s}},\
    "routing_table":{"indices":{%s}}}"""
        .formatted(nodeId(0), members, metadata, routing);
  }

  private static String id(String kind, int number) {
    return kind + "-%020d".formatted(number);
  }

  private static String copy(boolean primary, String node, String id) {
    return """
    {"state":"STARTED","primary":%s,"node":"%s","relocating_node":null,\
    "allocation_id":{"id":"%s"}}"""
        .formatted(primary, node, id);
  }

  /** What {@code _nodes} answers for the same nodes. */
  public static String nodes(int nodes) {
    var members = new StringJoiner(",");
    for (int node = 0; node < nodes; node++) {
      members.add(
          """
          "%s":{"version":"8.19.21","build_flavor":"default","roles":["data"],\
          "jvm":{"start_time_in_millis":1795252261938}}"""
              .formatted(nodeId(node)));
    }
    return "{\"_nodes\":{\"failed\":0},\"nodes\":{%s}}".formatted(members);
  }
}
