package dev.caretaker.operator;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.PipelineCare.ConfigKey;
import dev.caretaker.pipeline.model.TableName;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads the mappings of tables in ConfigMaps, by name, and no other ConfigMap. One that was good
 * stays good while it is gone or spoilt: a table that stands goes on being rolled over.
 */
final class Mappings {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final int FORBIDDEN = 403;

  private final KubernetesClient client;
  private final Map<String, String> good = new HashMap<>();

  Mappings(KubernetesClient client) {
    this.client = client;
  }

  /**
   * What was read.
   *
   * @param found the mappings, by table
   * @param problems what is wrong now, by table; a table may have a mapping of before all the same
   */
  record Read(SortedMap<TableName, String> found, SortedMap<TableName, String> problems) {}

  /** Reads them anew. */
  Read read(String namespace, SortedMap<TableName, ConfigKey> keys) {
    var found = new TreeMap<TableName, String>();
    var problems = new TreeMap<TableName, String>();
    keys.forEach(
        (table, key) -> {
          var now = mapping(namespace, key);
          if (now instanceof Observed.Unknown<String> unknown) {
            problems.put(table, unknown.cause());
          }
          now.ifKnown().ifPresent(json -> good.put(key.toString(), json));
          var last = good.get(key.toString());
          if (last != null) {
            found.put(table, last);
          }
        });
    return new Read(found, problems);
  }

  private Observed<String> mapping(String namespace, ConfigKey key) {
    ConfigMap map;
    try {
      map = client.configMaps().inNamespace(namespace).withName(key.configMap()).get();
    } catch (KubernetesClientException failure) {
      if (failure.getCode() == FORBIDDEN) {
        return Observed.unknown(
            "the ConfigMap " + key.configMap() + " may not be read: let the operator get it");
      }
      throw failure;
    }
    if (map == null) {
      return Observed.unknown("there is no ConfigMap " + key.configMap() + ": create it");
    }
    var text = Objects.requireNonNullElse(map.getData(), Map.<String, String>of()).get(key.key());
    return text == null
        ? Observed.unknown("the ConfigMap " + key.configMap() + " has no key " + key.key())
        : json(text, key);
  }

  /** As one line, so that only a change of what it says is a change. */
  private static Observed<String> json(String text, ConfigKey key) {
    var where = "in the ConfigMap " + key.configMap() + ", key " + key.key() + ", ";
    try {
      var tree = JSON.readTree(text);
      return tree != null && tree.isObject()
          ? Observed.known(tree.toString())
          : Observed.unknown(where + "is no JSON object: put the mapping there");
    } catch (JsonProcessingException odd) {
      var at = odd.getLocation();
      return Observed.unknown(
          where
              + "is no JSON: look at line %d, column %d"
                  .formatted(at == null ? 0 : at.getLineNr(), at == null ? 0 : at.getColumnNr()));
    }
  }
}
