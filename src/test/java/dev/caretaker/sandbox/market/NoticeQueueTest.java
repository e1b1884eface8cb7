package dev.caretaker.sandbox.market;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.sqs.SqsNotices;
import dev.caretaker.adapter.sqs.SqsSettings;
import dev.caretaker.fleet.model.Announcement;
import dev.caretaker.fleet.model.Notice;
import dev.caretaker.fleet.model.QueuedMessage;
import dev.caretaker.testkit.SdkCredentials;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class NoticeQueueTest {

  @Test
  void shouldWarnInWordsThatTheOperatorReads() throws Exception {
    SdkCredentials.give();
    try (var queue = NoticeQueue.open()) {
      var delivered = queue.warn("us-east-1", "i-0000000a");
      queue.warn("us-east-1", "i-0000000b");

      var first = received(queue);

      assertThat(first.content())
          .isInstanceOfSatisfying(
              Announcement.News.class,
              news -> {
                assertThat(news.notice().kind()).isEqualTo(Notice.Kind.INTERRUPTION);
                assertThat(news.notice().leavesAt().orElseThrow())
                    .isBetween(delivered.plusSeconds(110), delivered.plusSeconds(120));
              });
    }
  }

  @Test
  void shouldTellWhatIsLeftThoughSomebodyHasReadIt() throws Exception {
    SdkCredentials.give();
    try (var queue = NoticeQueue.open()) {
      queue.warn("us-east-1", "i-0000000a");
      queue.warn("us-east-1", "i-0000000b");
      var settings = settings(queue);
      try (var reader = SqsNotices.open(settings)) {
        var messages = reader.receive();
        reader.delete(List.of(messages.get(0).receipt()));
      }

      var began = System.nanoTime();
      var left = queue.left(1);

      assertThat(left).hasSize(1);
      assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(40));
    }
  }

  private static QueuedMessage received(NoticeQueue queue) throws Exception {
    try (var reader = SqsNotices.open(settings(queue))) {
      return reader.receive().get(0);
    }
  }

  private static SqsSettings settings(NoticeQueue queue) {
    var endpoint = URI.create(queue.environment().getOrDefault("AWS_ENDPOINT_URL_SQS", ""));
    return new SqsSettings("us-east-1", NoticeQueue.NAME, Optional.of(endpoint));
  }
}
