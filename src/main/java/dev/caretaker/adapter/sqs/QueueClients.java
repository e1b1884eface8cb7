package dev.caretaker.adapter.sqs;

import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.port.PortException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.client.builder.AwsClientBuilder;
import software.amazon.awssdk.awscore.client.builder.AwsSyncClientBuilder;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueDoesNotExistException;

/**
 * SQS and CloudWatch of one region. What fails on the way, or is throttled, is tried again after a
 * growing pause, three times in all: everything that is asked for here may be asked for twice.
 */
record QueueClients(String region, SqsClient sqs, CloudWatchClient metrics)
    implements AutoCloseable {
  private static final int ATTEMPTS = 3;
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration ATTEMPT = Duration.ofSeconds(10);

  /** With all attempts and the pauses between them. */
  private static final Duration CALL = Duration.ofSeconds(25);

  static QueueClients open(QueueSettings settings) {
    return new QueueClients(
        settings.region(),
        client(SqsClient.builder(), settings.region(), settings.sqs()),
        client(CloudWatchClient.builder(), settings.region(), settings.metrics()));
  }

  private static <B extends AwsClientBuilder<B, C> & AwsSyncClientBuilder<B, C>, C> C client(
      B builder, String region, Optional<URI> endpoint) {
    var again = AwsRetryStrategy.standardRetryStrategy().toBuilder().maxAttempts(ATTEMPTS).build();
    builder
        .region(Region.of(region))
        .httpClientBuilder(
            ApacheHttpClient.builder().connectionTimeout(CONNECT).socketTimeout(ATTEMPT))
        .overrideConfiguration(
            each -> each.retryStrategy(again).apiCallAttemptTimeout(ATTEMPT).apiCallTimeout(CALL));
    endpoint.ifPresent(builder::endpointOverride);
    return builder.build();
  }

  QueuePlace place(QueueName queue) {
    return place("queue " + queue);
  }

  private QueuePlace place(String what) {
    return new QueuePlace(what, region, "spec.queue.name", "spec.queue.region");
  }

  /**
   * Asks SQS, and translates what goes wrong.
   *
   * @param action as IAM names it
   */
  <T> T ask(String action, QueueName queue, Supplier<T> call) throws PortException {
    return ask(action, place(queue), call);
  }

  private static <T> T ask(String action, QueuePlace where, Supplier<T> call) throws PortException {
    try {
      return call.get();
    } catch (SdkException failed) {
      throw SqsFailure.of(action, where, failed);
    } catch (RejectedExecutionException closing) {
      throw SqsFailure.closed(where, closing);
    }
  }

  /** Likewise CloudWatch, where IAM knows no single queue. */
  <T> T askMetrics(String action, Supplier<T> call) throws PortException {
    return ask(action, place("CloudWatch"), call);
  }

  /** Asks SQS; empty where it says that there is no such queue, and only there. */
  <T> Optional<T> askIfThere(String action, QueueName queue, Supplier<T> call)
      throws PortException {
    return ask(
        action,
        queue,
        () -> {
          try {
            return Optional.of(call.get());
          } catch (QueueDoesNotExistException absent) {
            return Optional.empty();
          }
        });
  }

  @Override
  public void close() {
    sqs.close();
    metrics.close();
  }
}
