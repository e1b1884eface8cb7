package dev.caretaker.adapter.sqs;

import java.net.URI;
import java.util.Optional;

/**
 * Which queue is read. Credentials come from the SDK's default chain, as for EC2.
 *
 * @param queue its name, in the account of the credentials
 * @param endpoint instead of the region's own, for stand-ins and private endpoints
 */
public record SqsSettings(String region, String queue, Optional<URI> endpoint) {
  public static SqsSettings of(String region, String queue) {
    return new SqsSettings(region, queue, Optional.empty());
  }

  QueuePlace place() {
    return new QueuePlace("queue " + queue, region, "spec.interruption.queue", "spec.region");
  }
}
