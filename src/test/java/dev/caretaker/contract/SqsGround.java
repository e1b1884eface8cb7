package dev.caretaker.contract;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.adapter.sqs.QueueSettings;
import dev.caretaker.adapter.sqs.SqsQueues;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.port.QueuePort;
import dev.caretaker.testkit.HandClock;
import dev.caretaker.testkit.SdkCredentials;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.Message;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** The adapter of SQS before a stand-in, with a clock to set. */
final class SqsGround implements QueueGround {
  private static final String REGION = "us-east-1";
  private static final int BATCH = 10;

  private final HandClock clock = new HandClock(Instant.now());
  private final SqsClient client;
  private final SqsQueues port;
  private final Runnable stop;

  /**
   * Opens.
   *
   * @param stop ends what was started for it
   */
  SqsGround(URI sqs, URI metrics, Runnable stop) {
    SdkCredentials.give();
    client = SqsClient.builder().region(Region.of(REGION)).endpointOverride(sqs).build();
    port = SqsQueues.open(new QueueSettings(REGION, Optional.of(sqs), Optional.of(metrics)), clock);
    this.stop = stop;
  }

  @Override
  public QueuePort port() {
    return port;
  }

  @Override
  public void stranger(QueueName queue, QueueAttributes attributes) {
    var wanted =
        Map.of(
            QueueAttributeName.MESSAGE_RETENTION_PERIOD,
            Long.toString(attributes.retention().toSeconds()),
            QueueAttributeName.VISIBILITY_TIMEOUT,
            Long.toString(attributes.visibility().toSeconds()));
    client.createQueue(each -> each.queueName(queue.value()).attributes(wanted));
  }

  private String url(QueueName queue) {
    return client.getQueueUrl(each -> each.queueName(queue.value())).queueUrl();
  }

  @Override
  public void send(QueueName queue, int messages) {
    for (int i = 0; i < messages; i++) {
      client.sendMessage(each -> each.queueUrl(url(queue)).messageBody("{}"));
    }
  }

  @Override
  public void receive(QueueName queue, int messages) {
    take(queue, messages);
  }

  private List<Message> take(QueueName queue, int messages) {
    return client
        .receiveMessage(each -> each.queueUrl(url(queue)).maxNumberOfMessages(messages))
        .messages();
  }

  @Override
  public SortedSet<String> drain(QueueName queue) {
    var keys = new TreeSet<String>();
    for (var some = take(queue, BATCH); !some.isEmpty(); some = take(queue, BATCH)) {
      for (var message : some) {
        keys.add(key(message.body()));
        client.deleteMessage(
            each -> each.queueUrl(url(queue)).receiptHandle(message.receiptHandle()));
      }
    }
    return keys;
  }

  private static String key(String body) {
    try {
      return new ObjectMapper().readTree(body).path("key").asText();
    } catch (JsonProcessingException odd) {
      throw new AssertionError(body, odd);
    }
  }

  @Override
  public void aMinute() {
    clock.pass(Duration.ofSeconds(61));
  }

  @Override
  public void close() {
    port.close();
    client.close();
    stop.run();
  }
}
