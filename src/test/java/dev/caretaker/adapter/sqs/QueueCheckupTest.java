package dev.caretaker.adapter.sqs;

import static dev.caretaker.adapter.sqs.CannedSqs.PLAIN;
import static dev.caretaker.adapter.sqs.CannedSqs.QUEUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.sqs.QueueCheckup.Wish;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.port.Checked;
import dev.caretaker.port.Checked.State;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a check-up finds of a queue, without a change. */
class QueueCheckupTest {
  private final CannedSqs sqs = new CannedSqs();

  @BeforeEach
  void shouldRefuseAnEmptyBatchAsSqsDoes() {
    sqs.fail("SendMessageBatch", 400, "EmptyBatchRequest", "There should be at least one");
  }

  @AfterEach
  void close() {
    sqs.close();
  }

  private List<Checked> look(QueueAttributes declared, boolean create) {
    return sqs.checkup().look(new Wish(QUEUE, declared, create));
  }

  private static List<String> about(List<Checked> findings, State state) {
    return findings.stream().filter(each -> each.state() == state).map(Checked::about).toList();
  }

  @Test
  void shouldNameEachActionAndChangeNothing() {
    var findings = look(PLAIN, true);

    assertThat(about(findings, State.WELL))
        .contains(
            "sqs:GetQueueUrl",
            "sqs:GetQueueAttributes",
            "sqs:ListQueueTags",
            "sqs:SendMessage",
            "cloudwatch:GetMetricData");
    assertThat(about(findings, State.UNTOLD))
        .containsExactly("sqs:CreateQueue", "sqs:TagQueue", "sqs:DeleteQueue");
    assertThat(findings).noneMatch(Checked::isWrong);
    assertThat(sqs.asked("CreateQueue")).isEmpty();
    assertThat(sqs.asked("DeleteQueue")).isEmpty();
    assertThat(sqs.asked("SendMessageBatch"))
        .singleElement()
        .satisfies(asked -> assertThat(asked).contains("\"Entries\":[]"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"GetQueueUrl", "GetQueueAttributes", "ListQueueTags"})
  void shouldNameWhatIsNotAllowed(String action) {
    sqs.fail(action, 403, "AccessDenied", "no");

    var wrong = look(PLAIN, true).stream().filter(Checked::isWrong).toList();

    assertThat(wrong)
        .singleElement()
        .satisfies(
            each -> {
              assertThat(each.about()).isEqualTo("sqs:" + action);
              assertThat(each.text()).contains("allow sqs:" + action);
              assertThat(each.todo()).contains("etlpipeline-policy.json");
            });
  }

  @Test
  void shouldNameThatItMayNotSend() {
    sqs.fail("SendMessageBatch", 403, "AccessDenied", "no");

    assertThat(about(look(PLAIN, true), State.WRONG)).containsExactly("sqs:SendMessage");
  }

  @Test
  void shouldTellAnAbsentQueueByWhetherItIsMade() {
    sqs.absent();

    assertThat(about(look(PLAIN, true), State.WRONG)).isEmpty();
    assertThat(look(PLAIN, false))
        .filteredOn(Checked::isWrong)
        .singleElement()
        .satisfies(each -> assertThat(each.todo()).contains("spec.queue.create"));
  }

  @Test
  void shouldShowDrift() {
    var declared = new QueueAttributes(Duration.ofDays(4), PLAIN.visibility(), Optional.empty());

    assertThat(look(declared, true))
        .filteredOn(each -> each.state() == State.ODD)
        .singleElement()
        .satisfies(each -> assertThat(each.text()).isEqualTo("retention 336h instead of 96h"));
  }

  /** The canned queue is its own dead-letter queue: both keep messages equally long. */
  @Test
  void shouldWarnOfDeadLettersThatExpireAsTheyCome() {
    sqs.attributes(
        "{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:us-west-2:1:active-data-etl\\\","
            + "\\\"maxReceiveCount\\\":5}",
        0,
        0,
        0);

    assertThat(look(PLAIN, true))
        .filteredOn(each -> each.state() == State.ODD)
        .extracting(Checked::text)
        .anyMatch(text -> text.contains("counted from when they were first sent"));
  }

  @Test
  void shouldLookForTheQueueOfDeadLetters() {
    sqs.attributes(
        "{\\\"deadLetterTargetArn\\\":\\\"arn:aws:sqs:us-west-2:1:dead\\\","
            + "\\\"maxReceiveCount\\\":5}",
        0,
        0,
        0);
    sqs.absent("dead");

    assertThat(about(look(PLAIN, true), State.WRONG)).containsExactly("dead");
  }
}
