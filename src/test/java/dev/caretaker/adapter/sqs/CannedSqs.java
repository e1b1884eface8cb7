package dev.caretaker.adapter.sqs;

import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.when;

import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.testkit.CannedServer;
import dev.caretaker.testkit.HandClock;
import dev.caretaker.testkit.SdkCredentials;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataRequest;
import software.amazon.awssdk.services.cloudwatch.model.GetMetricDataResponse;

/** SQS as a server with prepared answers, for faults that no stand-in has; a CloudWatch to play. */
final class CannedSqs implements AutoCloseable {
  static final QueueName QUEUE = new QueueName("active-data-etl");
  static final PipelineId PIPELINE = new PipelineId("default", "etl", "5d1f7f0e");
  static final Instant START = Instant.parse("2026-11-20T10:00:30Z");
  static final QueueAttributes PLAIN =
      new QueueAttributes(Duration.ofDays(14), Duration.ofMinutes(30), Optional.empty());

  private final CannedServer server = new CannedServer();
  private final CloudWatchClient metrics = mock(CloudWatchClient.class);
  private final HandClock clock = new HandClock(START);
  private final QueueClients clients;
  private final SqsQueues queues;

  CannedSqs() {
    SdkCredentials.give();
    var settings =
        new QueueSettings("us-west-2", Optional.of(server.url()), Optional.of(server.url()));
    clients = new QueueClients("us-west-2", QueueClients.open(settings).sqs(), metrics);
    queues = new SqsQueues(clients, clock);
    answer("GetQueueUrl", "{\"QueueUrl\":\"https://sqs/1/active-data-etl\"}");
    attributes("", 0, 0, 0);
    answer("SendMessageBatch", "{\"Successful\":[]}");
    answer("CreateQueue", "{\"QueueUrl\":\"https://sqs/1/active-data-etl\"}");
    answer("DeleteQueue", "{}");
    answer("ListQueueTags", "{\"Tags\":{\"caretaker.dev/pipeline\":\"5d1f7f0e\"}}");
    when(metrics.getMetricData(any(GetMetricDataRequest.class)))
        .thenReturn(GetMetricDataResponse.builder().build());
  }

  SqsQueues queues() {
    return queues;
  }

  QueueCheckup checkup() {
    return new QueueCheckup(clients, clock);
  }

  CloudWatchClient metrics() {
    return metrics;
  }

  HandClock clock() {
    return clock;
  }

  void answer(String action, String... bodies) {
    server.answer(prefix(action), 200, bodies);
  }

  private static String prefix(String action) {
    return "POST / AmazonSQS." + action + " ";
  }

  /** What SQS says of the queue; {@code redrive} as it stands in JSON, empty for none. */
  void attributes(String redrive, long visible, long inFlight, long delayed) {
    var policy = redrive.isEmpty() ? "" : ",\"RedrivePolicy\":\"" + redrive + "\"";
    answer(
        "GetQueueAttributes",
        String.format(
            """
            {"Attributes":{"QueueArn":"arn:aws:sqs:us-west-2:1:active-data-etl",
             "MessageRetentionPeriod":"1209600","VisibilityTimeout":"1800",
             "ApproximateNumberOfMessages":"%d","ApproximateNumberOfMessagesNotVisible":"%d",
             "ApproximateNumberOfMessagesDelayed":"%d"%s}}""",
            visible, inFlight, delayed, policy));
  }

  void fail(String action, int status, String code, String message) {
    server.answer(
        prefix(action),
        status,
        "{\"__type\":\"com.amazonaws.sqs#" + code + "\",\"message\":\"" + message + "\"}");
  }

  void absent() {
    fail("GetQueueUrl", 400, "QueueDoesNotExist", "The specified queue does not exist.");
  }

  /** Only of that name there is none. */
  void absent(String queue) {
    server.answer(
        prefix("GetQueueUrl") + "{\"QueueName\":\"" + queue + "\"}",
        400,
        "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\"}");
  }

  /** What was asked with this action. */
  List<String> asked(String action) {
    return server.requests().stream().filter(each -> each.startsWith(prefix(action))).toList();
  }

  @Override
  public void close() {
    queues.close();
    server.close();
  }
}
