package dev.caretaker.adapter.sqs;

import java.net.URI;
import java.util.Optional;

/**
 * Where a pipeline's queues are asked for. Credentials come from the SDK's default chain, as for
 * EC2; {@code AWS_ENDPOINT_URL_SQS} and {@code AWS_ENDPOINT_URL_CLOUDWATCH} lead elsewhere, as for
 * every program with an AWS SDK.
 *
 * @param sqs instead of the region's own, for stand-ins and private endpoints
 * @param metrics CloudWatch, likewise
 */
public record QueueSettings(String region, Optional<URI> sqs, Optional<URI> metrics) {
  public static QueueSettings of(String region) {
    return new QueueSettings(region, Optional.empty(), Optional.empty());
  }
}
