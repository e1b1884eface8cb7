package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.elastic.action.EsAction.AllocateReplica;
import dev.caretaker.elastic.action.EsAction.MoveShard;
import dev.caretaker.elastic.action.EsAction.PutSettings;
import dev.caretaker.elastic.action.EsAction.SetReplicas;
import dev.caretaker.port.PortException;
import java.util.Optional;
import java.util.SortedMap;

/** Every change that is asked of an engine, as the requests that ask for it. */
final class EngineWrites {
  private final Endpoints endpoints;
  private final Asking asking;
  private final EsConnection.Timeouts timeouts;

  EngineWrites(Endpoints endpoints, EsConnection.Timeouts timeouts) {
    this.endpoints = endpoints;
    this.asking = new Asking(endpoints);
    this.timeouts = timeouts;
  }

  void put(PutSettings action) throws PortException {
    var body = object();
    if (!action.persistent().isEmpty()) {
      body.set("persistent", settings(action.persistent()));
    }
    if (!action.transientScope().isEmpty()) {
      body.set("transient", settings(action.transientScope()));
    }
    asking.change(
        Call.put("/_cluster/settings?filter_path=acknowledged", body.toString(), timeouts.write()));
  }

  /** An absent value is {@code null}, which removes; an empty text would mask other scopes. */
  private static ObjectNode settings(SortedMap<String, Optional<String>> values) {
    var settings = object();
    values.forEach((key, value) -> settings.put(key, value.orElse(null)));
    return settings;
  }

  void move(MoveShard action) throws PortException {
    var move = shard(action.shard().index(), action.shard().number());
    move.put("from_node", action.from().value()).put("to_node", action.to().value());
    reroute("move", move, action.toString());
  }

  void allocate(AllocateReplica action) throws PortException {
    var allocate = shard(action.shard().index(), action.shard().number());
    allocate.put("node", action.to().value());
    reroute("allocate_replica", allocate, action.toString());
  }

  private static ObjectNode shard(String index, int number) {
    return object().put("index", index).put("shard", number);
  }

  /** Asks what the deciders think before it is done: the engine's refusal alone names no reason. */
  private void reroute(String command, ObjectNode parameters, String action) throws PortException {
    var body = object();
    body.putArray("commands").addObject().set(command, parameters);
    var dryRun =
        Call.post(
            "/_cluster/reroute?dry_run=true&explain=true&filter_path=explanations",
            body.toString(),
            timeouts.read());
    var refusing = Deciders.refusing(asking.question(dryRun));
    if (!refusing.isEmpty()) {
      throw new PortException(
          PortException.Kind.REFUSED,
          "the engine refuses " + action + ": " + String.join("; ", refusing));
    }
    asking.change(
        Call.post("/_cluster/reroute?filter_path=acknowledged", body.toString(), timeouts.write()));
  }

  void setReplicas(SetReplicas action) throws PortException {
    var path = "/" + Call.segment(action.index()) + "/_settings";
    var call = Call.get(path + "?filter_path=*.settings.index.number_of_replicas", timeouts.read());
    // The index by its own name: through an alias somebody else's index would be changed.
    var index = asking.question(call).path(action.index()).path("settings").path("index");
    int current = index.path("number_of_replicas").asInt(-1);
    if (current != action.from()) {
      throw new PortException(
          PortException.Kind.REFUSED,
          current < 0
              ? "there is no index " + action.index()
              : "%s has %d replicas, not %d: somebody else has changed it"
                  .formatted(action.index(), current, action.from()));
    }
    var body = object();
    body.putObject("index").put("number_of_replicas", action.to());
    asking.change(Call.put(path + "?filter_path=acknowledged", body.toString(), timeouts.write()));
  }

  /** It only shortens recoveries: one that is slow, partial or contested is no failure. */
  void flush() throws PortException {
    // Without a body: Elasticsearch 7 and later refuse a flush that has one.
    var call = new Call("POST", "/_flush", Optional.empty(), timeouts.write());
    try {
      endpoints.write(
          endpoint -> {
            endpoint.tell(call);
            return true;
          });
    } catch (CallFailed failed) {
      switch (failed.kind()) {
        case UNREACHABLE, DENIED -> throw failed.asPortException();
        case STALLED, BROKEN, UNAVAILABLE, REFUSED -> {}
      }
    }
  }

  private static ObjectNode object() {
    return JsonNodeFactory.instance.objectNode();
  }
}
