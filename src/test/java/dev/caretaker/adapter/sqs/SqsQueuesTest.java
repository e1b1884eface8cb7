package dev.caretaker.adapter.sqs;

import static dev.caretaker.adapter.sqs.CannedSqs.PIPELINE;
import static dev.caretaker.adapter.sqs.CannedSqs.PLAIN;
import static dev.caretaker.adapter.sqs.CannedSqs.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction.CreateQueue;
import dev.caretaker.pipeline.action.PipelineAction.DeleteQueue;
import dev.caretaker.pipeline.action.PipelineAction.OnQueue;
import dev.caretaker.pipeline.action.PipelineAction.SendObjects;
import dev.caretaker.pipeline.model.BucketName;
import dev.caretaker.pipeline.model.QueueAttributes.DeadLetter;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.pipeline.model.QueueView;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What SQS says that no stand-in can be made to say. */
class SqsQueuesTest {
  private static final String DENIED = "is not authorized to perform this";

  private final CannedSqs sqs = new CannedSqs();

  @AfterEach
  void close() {
    sqs.close();
  }

  private static String cause(Observed<?> read) {
    assertThat(read).isInstanceOf(Observed.Unknown.class);
    return ((Observed.Unknown<?>) read).cause();
  }

  private PortException failure(OnQueue action) {
    var failure =
        catchThrowableOfType(PortException.class, () -> sqs.queues().perform(PIPELINE, action));
    assertThat(failure).isNotNull();
    return failure;
  }

  private static SendObjects objects(int count) {
    var objects =
        IntStream.range(0, count)
            .mapToObj(i -> new SourceObject("tc." + i, Instant.EPOCH))
            .toList();
    return new SendObjects(QUEUE, new BucketName("active-data-perf"), objects);
  }

  @Test
  void shouldReadWhatSqsSays() {
    sqs.attributes(
        "{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:us-west-2:1:dead\\\","
            + "\\\"maxReceiveCount\\\":\\\"12\\\"}",
        5,
        3,
        1);

    var read = sqs.queues().read(QUEUE).ifKnown().orElseThrow().orElseThrow();

    assertThat(read.attributes().deadLetter()).contains(new DeadLetter(new QueueName("dead"), 12));
    assertThat(read)
        .isEqualTo(new QueueView(read.attributes(), 5, 3, 1, Optional.empty(), read.created()));
    assertThat(read.attributes().retention()).isEqualTo(Duration.ofDays(14));
  }

  @ParameterizedTest
  @CsvSource({"GetQueueUrl", "GetQueueAttributes"})
  void neverTakesWhatItMayNotSeeForAbsent(String action) {
    sqs.fail(action, 403, "AccessDeniedException", DENIED);

    assertThat(cause(sqs.queues().read(QUEUE)))
        .contains("allow sqs:" + action + " on queue active-data-etl in us-west-2");
  }

  @Test
  void shouldKnowThatAQueueIsGoneThatWasThereAMomentAgo() {
    sqs.fail("GetQueueAttributes", 400, "QueueDoesNotExist", "gone");

    assertThat(sqs.queues().read(QUEUE).ifKnown()).contains(Optional.empty());
  }

  @Test
  void shouldAskAThrottledSqsThreeTimesAndThenSaySo() {
    sqs.fail("GetQueueUrl", 403, "RequestThrottled", "slow down");

    assertThat(cause(sqs.queues().read(QUEUE))).contains("throttled, and asked again later");
    assertThat(sqs.asked("GetQueueUrl")).hasSize(3);
  }

  @Test
  void neverTakesADeadEndpointForAnEmptyRegion() {
    var nobody = Optional.of(URI.create("http://127.0.0.1:1"));
    var settings = new QueueSettings("us-west-2", nobody, nobody);
    try (var dead = SqsQueues.open(settings, Clock.systemUTC())) {
      assertThat(cause(dead.read(QUEUE))).contains("gave no answer: check spec.queue.region");
    }
  }

  @Test
  void shouldSayThatTheCredentialsAreWrong() {
    sqs.fail("GetQueueUrl", 403, "InvalidClientTokenId", "The security token is invalid");

    assertThat(cause(sqs.queues().read(QUEUE))).contains("AWS does not accept the credentials");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://sqs.us-west-2.amazonaws.com/210987654321/active-data-etl",
        "arn:aws:sqs:us-west-2:210987654321:active-data-etl",
        "210987654321/active-data-etl",
        "active-data-etl.fifo",
        ""
      })
  void neverReachesIntoAnotherAccount(String name) {
    var queue = new QueueName(name);

    assertThat(cause(sqs.queues().read(queue))).contains("spec.queue.name");
    assertThat(failure(new CreateQueue(queue, PLAIN)).kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure(new DeleteQueue(queue)).kind()).isEqualTo(Kind.REFUSED);
    assertThat(sqs.asked("GetQueueUrl")).isEmpty();
  }

  @Test
  void neverMakesSenseOfNonsense() {
    sqs.answer("GetQueueAttributes", "{\"Attributes\":{\"VisibilityTimeout\":\"1800\"}}");
    assertThat(cause(sqs.queues().read(QUEUE))).contains("is it SQS that answers?");

    for (var policy : new String[] {"no JSON", "{\\\"maxReceiveCount\\\":3}", "{}"}) {
      sqs.attributes(policy, 0, 0, 0);
      assertThat(cause(sqs.queues().read(QUEUE))).contains("RedrivePolicy");
    }
  }

  @Test
  void shouldTryAgainInAMinuteWhereTheNameWasJustDeleted() {
    sqs.absent();
    sqs.fail("CreateQueue", 400, "QueueDeletedRecently", "You must wait 60 seconds");

    var failure = failure(new CreateQueue(QUEUE, PLAIN));

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure).hasMessageContaining("again in a minute");
  }

  @Test
  void shouldRefuseWhereSomebodyWasFasterWithOtherAttributes() {
    sqs.absent();
    sqs.fail("CreateQueue", 400, "QueueNameExists", "a different value for VisibilityTimeout");

    var failure = failure(new CreateQueue(QUEUE, PLAIN));

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure).hasMessageContaining("VisibilityTimeout");
  }

  @Test
  void shouldSayHowAQueueDiffersAndAskForNoOther() {
    sqs.attributes(
        "{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:us-west-2:1:dead\\\","
            + "\\\"maxReceiveCount\\\":5}",
        0,
        0,
        0);

    var failure = failure(new CreateQueue(QUEUE, PLAIN));

    assertThat(failure).hasMessageContaining("dead letters to dead after 5 instead of nowhere");
    assertThat(sqs.asked("CreateQueue")).isEmpty();
  }

  @Test
  void shouldTagWhatItMakes() throws PortException {
    sqs.absent();

    sqs.queues().perform(PIPELINE, new CreateQueue(QUEUE, PLAIN));

    assertThat(sqs.asked("CreateQueue"))
        .singleElement()
        .satisfies(
            asked ->
                assertThat(asked)
                    .contains("\"caretaker.dev/pipeline\":\"5d1f7f0e\"")
                    .contains("\"MessageRetentionPeriod\":\"1209600\""));
  }

  /**
   * Its counts are approximate: one look at zeros proves nothing, nor do two that are far apart.
   */
  @Test
  void shouldDeleteOnlyWhatStayedEmptyForAMinute() throws PortException {
    assertThat(failure(new DeleteQueue(QUEUE))).hasMessageContaining("again in a minute");
    sqs.clock().pass(Duration.ofSeconds(59));
    failure(new DeleteQueue(QUEUE));
    sqs.attributes("", 0, 0, 1);
    assertThat(failure(new DeleteQueue(QUEUE))).hasMessageContaining("holds about 1 messages");
    sqs.attributes("", 0, 0, 0);
    sqs.clock().pass(Duration.ofMinutes(1));
    failure(new DeleteQueue(QUEUE));
    sqs.clock().pass(Duration.ofMinutes(20));
    failure(new DeleteQueue(QUEUE));
    assertThat(sqs.asked("DeleteQueue")).isEmpty();

    sqs.clock().pass(Duration.ofMinutes(1));
    sqs.queues().perform(PIPELINE, new DeleteQueue(QUEUE));

    assertThat(sqs.asked("DeleteQueue")).hasSize(1);
  }

  @Test
  void shouldSendTheBodyThatWorkersRead() throws PortException {
    sqs.queues().perform(PIPELINE, objects(1));

    assertThat(sqs.asked("SendMessageBatch"))
        .singleElement()
        .satisfies(
            asked ->
                assertThat(asked)
                    .contains(
                        "{\\\"bucket\\\":\\\"active-data-perf\\\",\\\"key\\\":\\\"tc.0\\\","
                            + "\\\"timestamp\\\":"
                            + CannedSqs.START.getEpochSecond()
                            + "}"));
  }

  @Test
  void shouldSayWhichMessagesWereNotSentAndGoOn() {
    var refused = "{\"Id\":\"%d\",\"Code\":\"InternalError\",\"SenderFault\":false}";
    sqs.answer(
        "SendMessageBatch",
        "{\"Failed\":[" + refused.formatted(2) + "," + refused.formatted(3) + "]}",
        "{\"Successful\":[]}");

    var failure = failure(objects(25));

    assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
    assertThat(failure)
        .hasMessageContaining("2 of 25 messages were not sent")
        .hasMessageContaining("(tc.2, tc.3): InternalError");
    assertThat(sqs.asked("SendMessageBatch")).hasSize(3);
  }

  @Test
  void shouldSayThatNothingWasSentWhereEachWasRefused() {
    sqs.answer(
        "SendMessageBatch",
        "{\"Failed\":[{\"Id\":\"0\",\"Code\":\"InvalidMessageContents\",\"SenderFault\":true}]}");

    assertThat(failure(objects(1)).kind()).isEqualTo(Kind.REFUSED);
  }

  @Test
  void shouldSayThatItMayNotSend() {
    sqs.fail("SendMessageBatch", 403, "AccessDenied", DENIED);

    var failure = failure(objects(25));

    assertThat(failure.kind()).isEqualTo(Kind.DENIED);
    assertThat(failure).hasMessageContaining("allow sqs:SendMessage");
    assertThat(sqs.asked("SendMessageBatch")).hasSize(1);
  }

  @Test
  void shouldNameTheRightsOnAKey() {
    sqs.fail("SendMessageBatch", 400, "KmsAccessDenied", "no");

    assertThat(failure(objects(1))).hasMessageContaining("allow kms:GenerateDataKey");
  }
}
