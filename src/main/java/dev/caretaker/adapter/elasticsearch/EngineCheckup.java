package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.adapter.elasticsearch.CallFailed.Kind;
import dev.caretaker.adapter.elasticsearch.EndpointLook.Step;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Observed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import javax.net.ssl.SSLException;

/** What a person would try by hand before trusting a connection; it only asks. */
public final class EngineCheckup implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int UNAUTHORIZED = 401;
  private static final int BAD_GATEWAY = 502;
  private static final int GATEWAY_TIMEOUT = 504;

  /** A frozen node would hold up the others' clocks. */
  private static final String CLOCKS =
      "/_nodes/stats/jvm?timeout=2s&filter_path=nodes.*.name,nodes.*.jvm.timestamp";

  private static final String MASTER =
      "/_cluster/state/master_node?filter_path=cluster_uuid,master_node";

  private final EsConnection connection;
  private final Endpoints endpoints;

  /**
   * Connects to nothing yet.
   *
   * @throws IllegalArgumentException where the CA is no certificate
   */
  public EngineCheckup(EsConnection connection) {
    this.connection = connection;
    this.endpoints = new Endpoints(connection);
  }

  /** Tries one endpoint, from the socket to the elected master. */
  public EndpointLook look(URI uri) {
    try (var endpoint = open(uri, connection)) {
      return look(endpoint);
    } catch (IOException stuck) {
      throw new UncheckedIOException("closing " + uri, stuck);
    }
  }

  private static Endpoint open(URI uri, EsConnection connection) {
    return new Endpoint(uri, connection, connection.ca().map(Tls::trusting).orElse(null));
  }

  private EndpointLook look(Endpoint endpoint) {
    NodeAnswers itself;
    try {
      itself = endpoint.ask(get(NodeAnswers.ITSELF), NodeAnswers::parse);
    } catch (CallFailed failed) {
      return EndpointLook.failed(step(failed), failed.sentence(), Optional.empty());
    }
    var engine = itself.answers().values().stream().map(NodeAnswers.Answer::engine).findFirst();
    if (engine.isEmpty()) {
      return EndpointLook.failed(Step.ENGINE, endpoint + " tells no version", engine);
    }
    try {
      var state = endpoint.ask(get(MASTER), JSON::readTree);
      var uuid = state.path("cluster_uuid").asText("_na_");
      if (state.path("master_node").asText("").isEmpty() || uuid.equals("_na_")) {
        return EndpointLook.failed(Step.MASTER, endpoint + " knows no elected master", engine);
      }
      return new EndpointLook(Optional.empty(), engine, Optional.of(uuid));
    } catch (CallFailed failed) {
      return EndpointLook.failed(Step.MASTER, failed.sentence(), engine);
    }
  }

  private static Step step(CallFailed failed) {
    return switch (failed.kind()) {
      case UNREACHABLE -> failed.getCause() instanceof SSLException ? Step.TRUSTED : Step.REACHABLE;
      case STALLED, BROKEN -> Step.REACHABLE;
      case DENIED -> failed.status() == UNAUTHORIZED ? Step.CREDENTIALS : Step.ENGINE;
      case UNAVAILABLE, REFUSED -> isGateway(failed.status()) ? Step.REACHABLE : Step.ENGINE;
    };
  }

  /** What a proxy says that has nothing behind it. */
  private static boolean isGateway(int status) {
    return status == BAD_GATEWAY || status == GATEWAY_TIMEOUT;
  }

  /** Asks what the credentials may do, of all that {@link Privilege} lists. */
  public PrivilegeLook privileges() {
    var call = Call.post("/_security/user/_has_privileges", question().toString(), within().read());
    try {
      var told = endpoints.read(endpoint -> endpoint.ask(call, JSON::readTree));
      return told.has("has_all_requested")
          ? new PrivilegeLook.Told(missing(told))
          : new PrivilegeLook.NotTold("the answer tells no privileges");
    } catch (CallFailed failed) {
      return failed.kind() == Kind.REFUSED && answersAnybody()
          ? new PrivilegeLook.Unguarded()
          : new PrivilegeLook.NotTold(failed.sentence());
    }
  }

  private ObjectNode question() {
    var question = JSON.createObjectNode();
    var byName = new TreeMap<String, ArrayNode>();
    for (var each : Privilege.values()) {
      if (each.scope() == Privilege.Scope.CLUSTER) {
        question.withArray("cluster").add(each.granted());
      } else {
        byName.computeIfAbsent(indices(each), name -> JSON.createArrayNode()).add(each.granted());
      }
    }
    byName.forEach(
        (name, granted) -> {
          var index = question.withArray("index").addObject();
          index.putArray("names").add(name);
          index.set("privileges", granted);
        });
    return question;
  }

  private String indices(Privilege privilege) {
    return privilege.scope() == Privilege.Scope.PROBE
        ? connection.probe().index().orElse("*")
        : "*";
  }

  /** What is not plainly granted is missing. */
  private EnumSet<Privilege> missing(JsonNode told) {
    var missing = EnumSet.noneOf(Privilege.class);
    for (var each : Privilege.values()) {
      var part =
          each.scope() == Privilege.Scope.CLUSTER
              ? told.path("cluster")
              : told.path("index").path(indices(each));
      if (!part.path(each.granted()).asBoolean(false)) {
        missing.add(each);
      }
    }
    return missing;
  }

  /** Whether an engine answers those who say nothing of themselves: then it asks nobody. */
  private boolean answersAnybody() {
    var nobody =
        new EsConnection(
            connection.endpoints(),
            Optional.empty(),
            connection.ca(),
            connection.probe(),
            connection.zoneAttribute(),
            within());
    try (var open = new Endpoints(nobody)) {
      open.read(endpoint -> endpoint.ask(get(NodeAnswers.ITSELF), NodeAnswers::parse));
      return true;
    } catch (CallFailed refused) {
      return false;
    }
  }

  /** What the clock of each node showed when it was asked; a frozen node is missing. */
  public Observed<SortedMap<NodeName, Instant>> clocks() {
    try {
      var answer = endpoints.read(endpoint -> endpoint.ask(get(CLOCKS), JSON::readTree));
      var clocks = new TreeMap<NodeName, Instant>();
      for (var node : List.copyOf(answer.path("nodes").properties())) {
        var at = node.getValue().path("jvm").path("timestamp");
        if (at.isIntegralNumber()) {
          var name = new NodeName(node.getValue().path("name").asText());
          clocks.put(name, Instant.ofEpochMilli(at.asLong()));
        }
      }
      return Observed.known(clocks);
    } catch (CallFailed failed) {
      return Observed.unknown(failed.sentence());
    }
  }

  private Call get(String path) {
    return Call.get(path, within().read());
  }

  private EsConnection.Timeouts within() {
    return connection.timeouts();
  }

  @Override
  public void close() {
    endpoints.close();
  }
}
