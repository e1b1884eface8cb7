package dev.caretaker.adapter.sqs;

import dev.caretaker.testkit.SdkCredentials;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.elasticmq.rest.sqs.SQSRestServer;
import org.elasticmq.rest.sqs.SQSRestServerBuilder;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/** ElasticMQ on loopback with one queue, and what puts messages into it. */
public final class Queue implements AutoCloseable {
  private static final String REGION = "us-west-2";
  private static final int BATCH = 10;

  private final SQSRestServer server;
  private final SqsClient client;
  private final URI endpoint;
  private final String url;

  /**
   * Starts it.
   *
   * @param visibility seconds until what was received and not deleted comes again
   */
  public Queue(int visibility) {
    SdkCredentials.give();
    server = SQSRestServerBuilder.withInterface("127.0.0.1").withDynamicPort().start();
    int port = server.waitUntilStarted().localAddress().getPort();
    endpoint = URI.create("http://127.0.0.1:" + port);
    client = SqsClient.builder().region(Region.of(REGION)).endpointOverride(endpoint).build();
    url =
        client
            .createQueue(
                each ->
                    each.queueName("notices")
                        .attributes(
                            Map.of(
                                QueueAttributeName.VISIBILITY_TIMEOUT,
                                Integer.toString(visibility))))
            .queueUrl();
  }

  /** The adapter for a queue of that name; only notices is there. */
  public SqsNotices open(String queue) {
    return SqsNotices.open(new SqsSettings(REGION, queue, Optional.of(endpoint)));
  }

  /** Sends messages. */
  public void send(List<String> bodies) {
    for (int from = 0; from < bodies.size(); from += BATCH) {
      int first = from;
      var part = bodies.subList(from, Math.min(from + BATCH, bodies.size()));
      var entries =
          part.stream()
              .map(
                  body ->
                      SendMessageBatchRequestEntry.builder()
                          .id("m" + (first + part.indexOf(body)))
                          .messageBody(body)
                          .build())
              .toList();
      client.sendMessageBatch(each -> each.queueUrl(url).entries(entries));
    }
  }

  /** Messages in it, received or not. */
  public int size() {
    var counts =
        client.getQueueAttributes(
            each ->
                each.queueUrl(url)
                    .attributeNames(
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
                        QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE));
    return counts.attributes().values().stream().mapToInt(Integer::parseInt).sum();
  }

  @Override
  public void close() {
    client.close();
    server.stopAndWait();
  }
}
