package dev.caretaker.operator;

import dev.caretaker.adapter.elasticsearch.ElasticsearchTables;
import dev.caretaker.adapter.s3.S3Buckets;
import dev.caretaker.adapter.s3.S3Settings;
import dev.caretaker.adapter.sqs.QueueSettings;
import dev.caretaker.adapter.sqs.SqsQueues;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.WorkerAccess;
import dev.caretaker.port.BucketPort;
import dev.caretaker.port.QueuePort;
import dev.caretaker.port.TablePort;
import dev.caretaker.port.WorkerPort;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Opens the ways to real queues, buckets, tables and machines. {@code AWS_ENDPOINT_URL_SQS}, {@code
 * _S3} and {@code _CLOUDWATCH} lead to other endpoints, as for every program with an AWS SDK.
 */
public final class RealPipelines implements PipelineConnector, AutoCloseable {
  /** Tables are found by their alias, whatever the nodes are called. */
  private static final String NO_ZONES = "zone";

  private final Map<String, SqsQueues> queues = new ConcurrentHashMap<>();
  private final Map<String, S3Buckets> buckets = new ConcurrentHashMap<>();

  @Override
  public QueuePort queues(String region) {
    return queues.computeIfAbsent(
        region, name -> SqsQueues.open(QueueSettings.of(name), Clock.systemUTC()));
  }

  @Override
  public BucketPort buckets(String region) {
    return buckets.computeIfAbsent(
        region, name -> S3Buckets.open(S3Settings.of(name), Clock.systemUTC()));
  }

  @Override
  public Way<TablePort> tables(Observed<EsAccess> cluster, Secrets secrets) {
    if (cluster instanceof Observed.Unknown<EsAccess> unknown) {
      return new Way<>(new NoTables(unknown.cause()), () -> {});
    }
    var access = cluster.ifKnown().orElseThrow();
    var missing = secrets.missing(access.engineSecrets());
    if (missing.isPresent()) {
      return new Way<>(new NoTables(missing.get()), () -> {});
    }
    try {
      var connection = RealConnector.connection(access, NO_ZONES, secrets);
      var tables = new ElasticsearchTables(connection);
      return new Way<>(tables, tables::close);
    } catch (IllegalArgumentException unusable) {
      return new Way<>(new NoTables(String.valueOf(unusable.getMessage())), () -> {});
    }
  }

  @Override
  public Way<WorkerPort> workers(WorkerAccess access, Secrets secrets) {
    return WorkerConnector.open(access, secrets);
  }

  @Override
  public void close() {
    queues.values().forEach(SqsQueues::close);
    buckets.values().forEach(S3Buckets::close);
  }
}
