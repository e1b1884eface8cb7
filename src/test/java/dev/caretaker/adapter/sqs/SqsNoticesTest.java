package dev.caretaker.adapter.sqs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.fleet.model.Announcement.Irrelevant;
import dev.caretaker.fleet.model.Announcement.Malformed;
import dev.caretaker.fleet.model.Announcement.News;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Notice;
import dev.caretaker.fleet.model.QueuedMessage;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SqsNoticesTest {
  private static final int SOON = 1;
  private static final int LATER = 60;

  private Queue queue = new Queue(LATER);
  private SqsNotices notices = queue.open("notices");

  @AfterEach
  void close() {
    notices.close();
    queue.close();
  }

  private static String warning(int machine) {
    return String.format(
        """
        {"detail-type":"EC2 Spot Instance Interruption Warning","source":"aws.ec2",
         "time":"2026-11-20T10:00:00Z",
         "detail":{"instance-id":"i-%08x","instance-action":"terminate"}}""",
        machine);
  }

  private static List<String> receipts(List<QueuedMessage> messages) {
    return messages.stream().map(QueuedMessage::receipt).toList();
  }

  private static InstanceId machine(QueuedMessage message) {
    return message.content() instanceof News news
        ? news.notice().machine()
        : new InstanceId("none");
  }

  @Test
  void shouldReceiveAndDelete() throws PortException {
    queue.send(List.of(warning(1), "hello", "{\"Event\":\"autoscaling:TEST_NOTIFICATION\"}"));

    var messages = notices.receive();

    assertThat(messages)
        .extracting(each -> each.content().getClass().getSimpleName())
        .containsExactlyInAnyOrder(
            News.class.getSimpleName(),
            Malformed.class.getSimpleName(),
            Irrelevant.class.getSimpleName());
    notices.delete(receipts(messages));
    assertThat(queue.size()).isZero();
  }

  @Test
  void shouldTakeManyAtOnceAndDeleteOnlyWhatIsSaid() throws PortException {
    queue.send(IntStream.range(0, 300).mapToObj(SqsNoticesTest::warning).toList());
    var seen = new HashSet<InstanceId>();
    var kept = new HashSet<String>();

    for (int calls = 0; calls < 30 && seen.size() < 300; calls++) {
      var messages = notices.receive();
      messages.forEach(each -> seen.add(machine(each)));
      var receipts = new ArrayList<>(receipts(messages));
      kept.add(receipts.remove(0));
      notices.delete(receipts);
    }

    assertThat(seen).hasSize(300);
    assertThat(queue.size()).isEqualTo(kept.size());
  }

  @Test
  void shouldGiveAgainWhatWasNotDeletedAndTheSameNoticeForADuplicate() throws PortException {
    queue.close();
    notices.close();
    queue = new Queue(SOON);
    notices = queue.open("notices");
    queue.send(List.of(warning(1)));
    queue.send(List.of(warning(1)));

    var told = new ArrayList<Notice>();
    for (int calls = 0; calls < 10 && told.size() < 4; calls++) {
      for (var message : notices.receive()) {
        told.add(((News) message.content()).notice());
      }
    }

    assertThat(told).hasSizeGreaterThanOrEqualTo(4);
    assertThat(Set.copyOf(told)).as("all say the same").hasSize(1);
    assertThat(queue.size()).isEqualTo(2);
  }

  @Test
  void shouldSayThatThereIsNoSuchQueue() {
    try (var nowhere = queue.open("nosuch")) {
      var failure = catchThrowableOfType(PortException.class, nowhere::receive);

      assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failure).hasMessageContaining("check spec.interruption.queue");
    }
  }

  @Test
  void neverTakesADeadQueueForAnEmptyOne() {
    var settings =
        new SqsSettings("us-west-2", "notices", Optional.of(URI.create("http://127.0.0.1:1")));
    try (var dead = SqsNotices.open(settings)) {
      var failure = catchThrowableOfType(PortException.class, dead::receive);

      assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
      assertThat(failure).hasMessageContaining("queue notices in us-west-2 gave no answer");
    }
  }

  @Test
  void shouldEndAWaitWhenItIsClosed() throws InterruptedException {
    var ended = new LinkedBlockingQueue<PortException>();
    var waiting =
        new Thread(
            () -> {
              try {
                notices.receive();
              } catch (PortException failure) {
                ended.add(failure);
              }
            });
    waiting.start();
    // Long enough for the poll to stand, and far less than it would take.
    assertThat(ended.poll(2, TimeUnit.SECONDS)).isNull();

    notices.close();

    assertThat(ended.poll(10, TimeUnit.SECONDS)).isNotNull();
  }

  @Test
  void shouldSayWhatWasNotDeleted() {
    var failure =
        catchThrowableOfType(PortException.class, () -> notices.delete(List.of("no receipt")));

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure).hasMessageContaining("not deleted");
  }
}
