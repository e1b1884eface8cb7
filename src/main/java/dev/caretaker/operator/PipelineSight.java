package dev.caretaker.operator;

import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.PipelineCare;
import dev.caretaker.pass.PipelinePorts;
import dev.caretaker.pass.PipelineReading;
import dev.caretaker.pipeline.PipelineProgress;
import dev.caretaker.pipeline.model.ClusterView;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.time.Clock;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** One look at all that a pipeline is made of, for plan and doctor; nothing is changed. */
public final class PipelineSight {
  private static final String UNASKED =
      "no API server was asked: name one by --kubeconfig or --context";

  private final PipelineConnector connector;

  public PipelineSight(PipelineConnector connector) {
    this.connector = connector;
  }

  /**
   * What was seen.
   *
   * @param policy with the mappings that were found
   */
  public record Seen(PipelinePolicy policy, PipelineView view) {}

  /** Looks without an API server: at queues and buckets only. */
  public Seen look(PipelineCare care, PipelineProgress progress) {
    var found = new TreeMap<TableName, String>();
    var policy = care.mapped(found).policy();
    var ports =
        new PipelinePorts(
            connector.queues(care.region()),
            connector.buckets(care.region()),
            new NoTables(UNASKED),
            new NoWorkers(UNASKED),
            () -> Observed.unknown(UNASKED),
            () -> Observed.unknown(UNASKED));
    return new Seen(policy, read(ports, policy, progress));
  }

  /** Looks as the operator does, with what the other resources say. */
  public Seen look(
      KubernetesClient client,
      String namespace,
      String name,
      PipelineCare care,
      PipelineProgress progress) {
    var neighbours = new PipelineNeighbours(client);
    var mappings = new Mappings(client).read(namespace, care.mappings());
    Observed<EsAccess> cluster =
        care.tablesIn()
            .map(each -> neighbours.access(namespace, each))
            .orElseGet(() -> Observed.unknown("the spec names no tables"));
    var secrets = secrets(client, namespace, cluster, care);
    var tables = connector.tables(cluster, secrets);
    var workers = connector.workers(care.access(), secrets);
    var mapped = new MappedTables(tables.port());
    mapped.read(mappings);
    Observed<ClusterView> health =
        care.tablesIn()
            .map(each -> neighbours.cluster(namespace, each))
            .orElseGet(() -> Observed.unknown("the spec names no tables"));
    Observed<FleetView> machines = neighbours.machines(namespace, name, care.machines());
    try {
      var ports =
          new PipelinePorts(
              connector.queues(care.region()),
              connector.buckets(care.region()),
              mapped,
              workers.port(),
              () -> health,
              () -> machines);
      var policy = care.mapped(mappings.found()).policy();
      return new Seen(policy, read(ports, policy, progress));
    } finally {
      tables.closing().run();
      workers.closing().run();
    }
  }

  private static Secrets secrets(
      KubernetesClient client, String namespace, Observed<EsAccess> cluster, PipelineCare care) {
    var ofTables = cluster.ifKnown().map(EsAccess::engineSecrets).orElse(List.of());
    var wanted = Stream.concat(ofTables.stream(), care.access().way().secrets().stream());
    return new SecretReader(client).read(namespace, wanted.distinct().toList(), Secrets.NONE);
  }

  private static PipelineView read(
      PipelinePorts ports, PipelinePolicy policy, PipelineProgress progress) {
    return new PipelineReading(ports, Clock.systemUTC()).read(policy, progress, List.of());
  }
}
