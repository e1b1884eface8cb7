package dev.caretaker.mapping;

import com.fasterxml.jackson.core.JsonPointer;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.caretaker.api.EsClusterSpec;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;

/** A spec as a tree, in which one thing after the other is changed. */
record SpecTree(JsonNode tree) {
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final ObjectMapper JSON = new ObjectMapper();

  /** Says something about every field there is, and has no problem. */
  static final SpecTree FULL =
      of(
          """
          connection:
            endpoints: ["https://coordinator:9200", "http://127.0.0.1:9201"]
            credentialsSecret: {name: es}
            caSecret: {name: es-ca}
            adopt: data/old/uid-0
            probe: {index: unittest, timeout: 500ms}
          zones:
            attribute: rack
            list:
              - {name: backup, risk: Reliable, copies: 1}
              - {name: spot, risk: Risky, copies: 2}
          hosts:
            access: {local: {keeper: "http://127.0.0.1:9800"}}
            list:
              - {node: backup1, zone: backup, address: 172.31.0.39}
              - {node: spot1, zone: spot}
          rollout:
            restartedAt: "2026-11-20T13:00:00+01:00"
            select: {zones: [spot], nodes: [spot1]}
            shelter: Preferred
            accept:
              - structural: ZeroReplicas
                indices: ["scratch*"]
                reason: can be rebuilt
                until: "2026-12-31T00:00:00Z"
            maxUnavailable: {perZone: 2}
            windows:
              - {schedule: "0 2 * * 1-5", duration: 4h, timeZone: Europe/Berlin}
          allocation:
            enable: primaries
            excludeNodes: [gone]
            excludeZones: [spot]
            conflicts: TakeOver
          paused: true
          readyWhen: Green
          """);

  /** The same over ssh, which excludes the other way. */
  static final SpecTree SSH =
      FULL.with(
          "/hosts",
          read(
              """
              access:
                ssh:
                  user: ec2-user
                  port: 22
                  keySecret: {name: es-ssh}
                  knownHostsSecret: {name: es-ssh}
                  jump: {address: bastion, port: 22, user: jump}
              process:
                kind: Supervisor
                program: "es:{node}"
                sudo: true
                configuration: /etc/supervisord.conf
                dataPath: /data1
              list:
                - {node: backup1, zone: backup, address: 172.31.0.39}
                - {node: spot1, zone: spot, address: "::1"}
              """));

  /** The third: the host keys in the spec itself. */
  static final SpecTree SSH_KEYS_INLINE =
      SSH.without("/hosts/access/ssh/knownHostsSecret")
          .with("/hosts/access/ssh/knownHosts", read("'backup1 ssh-ed25519 AAAA'"));

  static SpecTree of(String yaml) {
    return new SpecTree(read(yaml));
  }

  static JsonNode read(String yaml) {
    try {
      return YAML.readTree(yaml);
    } catch (JsonProcessingException odd) {
      throw new UncheckedIOException(odd);
    }
  }

  /** The same spec with another value there. */
  SpecTree with(String pointer, JsonNode value) {
    var copy = tree.deepCopy();
    var at = JsonPointer.compile(pointer);
    var parent = copy.at(at.head());
    if (parent instanceof ArrayNode array) {
      array.set(at.last().getMatchingIndex(), value);
    } else if (parent instanceof ObjectNode object) {
      object.set(at.last().getMatchingProperty(), value);
    } else {
      throw new IllegalArgumentException("nothing at " + pointer);
    }
    return new SpecTree(copy);
  }

  SpecTree without(String pointer) {
    var copy = tree.deepCopy();
    var at = JsonPointer.compile(pointer);
    var parent = copy.at(at.head());
    if (parent instanceof ArrayNode array) {
      array.remove(at.last().getMatchingIndex());
    } else if (parent instanceof ObjectNode object) {
      object.remove(at.last().getMatchingProperty());
    }
    return new SpecTree(copy);
  }

  /** Every place in it with its value, by JSON pointer. */
  Map<String, JsonNode> places() {
    var places = new TreeMap<String, JsonNode>();
    collect("", tree, places);
    return places;
  }

  private static void collect(String at, JsonNode node, Map<String, JsonNode> places) {
    if (!at.isEmpty()) {
      places.put(at, node);
    }
    node.properties().forEach(each -> collect(at + "/" + each.getKey(), each.getValue(), places));
    for (int i = 0; node.isArray() && i < node.size(); i++) {
      collect(at + "/" + i, node.get(i), places);
    }
  }

  Parsed<EsCare> parse() {
    try {
      return EsPolicyParser.parse("data/main/uid-1", JSON.treeToValue(tree, EsClusterSpec.class));
    } catch (IOException odd) {
      throw new UncheckedIOException(odd);
    }
  }
}
