package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.adapter.elasticsearch.CallFailed.Kind;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.PortException;
import java.util.List;
import java.util.Set;

/**
 * A real Elasticsearch 6.8 to 8 or OpenSearch, over HTTP.
 *
 * <p>Truth is what the elected master answers. Where it does not, the view is Unknown, with the
 * call that failed and what to look at.
 */
public final class ElasticsearchAdapter implements EsPort, AutoCloseable {
  private final Endpoints endpoints;
  private final ClusterReader reader;
  private final ProbeQuery probe;
  private final EngineWrites writes;
  private final EsConnection connection;

  /**
   * Connects to nothing yet.
   *
   * @throws IllegalArgumentException where the CA is no certificate
   */
  public ElasticsearchAdapter(EsConnection connection) {
    this.connection = connection;
    this.endpoints = new Endpoints(connection);
    this.reader = new ClusterReader(connection);
    this.probe = new ProbeQuery(connection);
    this.writes = new EngineWrites(endpoints, connection.timeouts());
  }

  @Override
  public Observed<ClusterView> read(Set<ShardId> explain) {
    try {
      return Observed.known(endpoints.read(endpoint -> reader.read(endpoint, explain)));
    } catch (CallFailed failed) {
      return Observed.unknown(failed.sentence() + whoElseAnswers(failed));
    }
  }

  /**
   * Whether some node answers for itself: then the elected master is what stalls or is missing. A
   * local answer explains; it is never taken for the state of the cluster.
   */
  private String whoElseAnswers(CallFailed failed) {
    if (failed.kind() != Kind.STALLED && failed.kind() != Kind.UNAVAILABLE) {
      return "";
    }
    return endpoints
        .answeringForItself(connection.timeouts().connect())
        .map(node -> "; the node at " + node + " answers for itself: look at the elected master")
        .orElse("; no node answers for itself either");
  }

  @Override
  public Observed<Boolean> probe() {
    return probe.ask(endpoints);
  }

  @Override
  public Observed<List<Recovery>> recoveries() {
    var call = Call.get(RecoveriesParser.PATH, connection.timeouts().read());
    try {
      return Observed.known(
          endpoints.read(endpoint -> endpoint.ask(call, RecoveriesParser::parse)));
    } catch (CallFailed failed) {
      return Observed.unknown(failed.sentence());
    }
  }

  @Override
  public void perform(EsAction.OnEngine action) throws PortException {
    if (action instanceof EsAction.PutSettings put) {
      writes.put(put);
    } else if (action instanceof EsAction.MoveShard move) {
      writes.move(move);
    } else if (action instanceof EsAction.AllocateReplica allocate) {
      writes.allocate(allocate);
    } else if (action instanceof EsAction.SetReplicas set) {
      writes.setReplicas(set);
    } else if (action instanceof EsAction.Flush) {
      writes.flush();
    }
  }

  @Override
  public void close() {
    endpoints.close();
  }
}
