package dev.caretaker.manifests;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.s3.BucketCheckup;
import dev.caretaker.adapter.s3.S3Buckets;
import dev.caretaker.adapter.s3.S3Settings;
import dev.caretaker.adapter.sqs.QueueCheckup;
import dev.caretaker.adapter.sqs.QueueSettings;
import dev.caretaker.adapter.sqs.SqsQueues;
import dev.caretaker.pipeline.action.PipelineAction.CreateBucket;
import dev.caretaker.pipeline.action.PipelineAction.CreateQueue;
import dev.caretaker.pipeline.action.PipelineAction.DeleteBucket;
import dev.caretaker.pipeline.action.PipelineAction.DeleteQueue;
import dev.caretaker.pipeline.action.PipelineAction.SendObjects;
import dev.caretaker.pipeline.model.Backfill;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.PortException;
import dev.caretaker.testkit.CannedServer;
import dev.caretaker.testkit.HandClock;
import dev.caretaker.testkit.IamPolicy;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The policy that people are told to attach allows what is asked of SQS and S3, and no more. */
class PipelinePolicyTest {
  private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
  private static final QueueName QUEUE = new QueueName("active-data-etl");
  private static final QueueName ABSENT = new QueueName("active-data-absent");
  private static final BucketName BUCKET = new BucketName("active-data-perf");
  private static final PipelineId PIPELINE = new PipelineId("default", "etl", "5d1f7f0e");
  private static final QueueAttributes PLAIN =
      new QueueAttributes(Duration.ofDays(14), Duration.ofMinutes(30), Optional.empty());
  private static final List<String> SERVICES = List.of("sqs:", "cloudwatch:", "s3:");
  private static final Pattern SQS = Pattern.compile("POST / AmazonSQS\\.(\\w+) .*");
  private static final Pattern CLOUDWATCH = Pattern.compile("POST /service/.+/(\\w+) (?s:.*)");

  /** IAM has other names for some requests. */
  private static final Map<String, String> S3 =
      new TreeMap<>(
          Map.of(
              "HEAD /active-data-perf ", "s3:ListBucket",
              "GET /active-data-perf?list-type=2", "s3:ListBucket",
              "GET /active-data-perf?tagging", "s3:GetBucketTagging",
              "PUT /active-data-perf ", "s3:CreateBucket",
              "PUT /active-data-perf?tagging", "s3:PutBucketTagging",
              "PUT /active-data-perf?publicAccessBlock", "s3:PutBucketPublicAccessBlock",
              "DELETE /active-data-perf ", "s3:DeleteBucket"));

  private final CannedServer server = new CannedServer();
  private final HandClock clock = new HandClock(NOW);

  @AfterEach
  void close() {
    server.close();
  }

  private void useQueues() throws PortException {
    sqs("GetQueueUrl", "{\"QueueUrl\":\"https://sqs/1/active-data-etl\"}");
    server.answer(
        "POST / AmazonSQS.GetQueueUrl {\"QueueName\":\"" + ABSENT + "\"}",
        400,
        "{\"__type\":\"com.amazonaws.sqs#QueueDoesNotExist\"}");
    sqs(
        "GetQueueAttributes",
        "{\"Attributes\":{\"VisibilityTimeout\":\"1800\",\"ApproximateNumberOfMessages\":\"0\","
            + "\"ApproximateNumberOfMessagesNotVisible\":\"0\","
            + "\"ApproximateNumberOfMessagesDelayed\":\"0\"}}");
    sqs("ListQueueTags", "{\"Tags\":{\"caretaker.dev/pipeline\":\"5d1f7f0e\"}}");
    for (var action : List.of("CreateQueue", "DeleteQueue", "SendMessageBatch")) {
      sqs(action, "{}");
    }
    var settings =
        new QueueSettings("us-west-2", Optional.of(server.url()), Optional.of(server.url()));
    try (var queues = SqsQueues.open(settings, clock);
        var checkup = new QueueCheckup(settings, clock)) {
      queues.read(QUEUE);
      queues.traffic(QUEUE, NOW.minus(Duration.ofHours(1)));
      queues.perform(PIPELINE, new CreateQueue(ABSENT, PLAIN));
      var object = new SourceObject("tc.1", NOW);
      queues.perform(PIPELINE, new SendObjects(QUEUE, BUCKET, List.of(object)));
      clock.pass(Duration.ofMinutes(2));
      queues.perform(PIPELINE, new DeleteQueue(QUEUE));
      checkup.look(new QueueCheckup.Wish(QUEUE, PLAIN, true));
    }
  }

  private void sqs(String action, String body) {
    server.answer("POST / AmazonSQS." + action + " ", 200, body);
  }

  private void useBuckets() throws PortException {
    server.answer("PUT /", 200);
    server.answer("DELETE /", 200);
    server.answer("HEAD /", 404);
    server.answer("GET /active-data-perf?list-type=2", 200, "<ListBucketResult/>");
    server.answer(
        "GET /active-data-perf?tagging",
        200,
        "<Tagging><TagSet><Tag><Key>caretaker.dev/pipeline</Key><Value>5d1f7f0e</Value></Tag>"
            + "</TagSet></Tagging>");
    var settings = new S3Settings("us-west-2", Optional.of(server.url()));
    var backfill = new Backfill(BUCKET, "tc.", NOW, NOW, Backfill.Order.OLDEST_FIRST, 10, 10);
    try (var buckets = S3Buckets.open(settings, clock);
        var checkup = new BucketCheckup(settings)) {
      buckets.perform(PIPELINE, new CreateBucket(BUCKET));
      buckets.next(backfill, Optional.empty());
      buckets.perform(PIPELINE, new DeleteBucket(BUCKET));
      server.answer("HEAD /", 200);
      checkup.look(new TreeMap<>(Map.of(BUCKET, true)));
    }
  }

  private static String action(String request) {
    var sqs = SQS.matcher(request);
    if (sqs.matches()) {
      var action = "sqs:" + sqs.group(1);
      return action.equals("sqs:SendMessageBatch") ? "sqs:SendMessage" : action;
    }
    var cloudWatch = CLOUDWATCH.matcher(request);
    if (cloudWatch.matches()) {
      return "cloudwatch:" + cloudWatch.group(1);
    }
    return S3.entrySet().stream()
        .filter(each -> request.startsWith(each.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new AssertionError("no action is known for " + request));
  }

  @Test
  void shouldAllowWhatIsAskedAndNoMore() throws IOException, PortException {
    useQueues();
    useBuckets();

    var asked =
        server.requests().stream()
            .map(PipelinePolicyTest::action)
            .collect(Collectors.toCollection(TreeSet::new));
    // SQS asks for it itself where a queue is made with tags.
    asked.add("sqs:TagQueue");
    assertThat(IamPolicy.allowed("etlpipeline-policy.json"))
        .filteredOn(each -> SERVICES.stream().anyMatch(each::startsWith))
        .containsExactlyElementsOf(asked);
  }
}
