package dev.caretaker.adapter.sqs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caretaker.pipeline.action.PipelineAction.SendObjects;
import dev.caretaker.pipeline.model.SourceObject;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.sqs.model.BatchResultErrorEntry;
import software.amazon.awssdk.services.sqs.model.SendMessageBatchRequestEntry;

/**
 * Puts objects into a queue as the workers read them: {@code bucket}, {@code key} and {@code
 * timestamp}, when the message was made, in seconds since 1970. Nobody can tell whether a request
 * that had no answer has sent its messages; they may come twice, and workers derive their ids.
 */
final class ObjectSending {
  private static final String SEND = "sqs:SendMessage";

  /** SQS has no larger batches. Ten keys of S3's longest are far from its megabyte. */
  private static final int BATCH = 10;

  /** Enough to see what they have in common. */
  private static final int NAMED = 3;

  private final QueueClients clients;
  private final QueueReading reading;
  private final Clock clock;

  ObjectSending(QueueClients clients, QueueReading reading, Clock clock) {
    this.clients = clients;
    this.reading = reading;
    this.clock = clock;
  }

  private record Failed(SourceObject object, BatchResultErrorEntry error) {}

  void send(SendObjects wish) throws PortException {
    var url =
        reading
            .url(wish.queue())
            .orElseThrow(
                () ->
                    new PortException(
                        Kind.REFUSED,
                        "there is no " + clients.place(wish.queue()) + " to send to"));
    var objects = wish.objects();
    var failed = new ArrayList<Failed>();
    var now = clock.instant();
    for (int from = 0; from < objects.size(); from += BATCH) {
      var part = objects.subList(from, Math.min(from + BATCH, objects.size()));
      try {
        failed.addAll(batch(wish, url, part, now));
      } catch (PortException ended) {
        throw from == 0 ? ended : ended(wish, from - failed.size(), ended);
      }
    }
    if (!failed.isEmpty()) {
      throw partly(wish, failed);
    }
  }

  private List<Failed> batch(SendObjects wish, String url, List<SourceObject> part, Instant now)
      throws PortException {
    var entries =
        IntStream.range(0, part.size())
            .mapToObj(
                i ->
                    SendMessageBatchRequestEntry.builder()
                        .id(Integer.toString(i))
                        .messageBody(body(wish, part.get(i), now))
                        .build())
            .toList();
    return clients
        .ask(
            SEND,
            wish.queue(),
            () -> clients.sqs().sendMessageBatch(each -> each.queueUrl(url).entries(entries)))
        .failed()
        .stream()
        .map(each -> new Failed(part.get(Integer.parseInt(each.id())), each))
        .toList();
  }

  private static String body(SendObjects wish, SourceObject object, Instant now) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("bucket", wish.bucket().value())
        .put("key", object.key())
        .put("timestamp", now.getEpochSecond())
        .toString();
  }

  private static PortException ended(SendObjects wish, int sent, PortException why) {
    return new PortException(
        Kind.UNKNOWN_OUTCOME,
        sent + " of " + wish.objects().size() + " messages were sent, then " + why.getMessage(),
        why);
  }

  private PortException partly(SendObjects wish, List<Failed> failed) {
    boolean nothingWent =
        failed.size() == wish.objects().size()
            && failed.stream().allMatch(each -> Boolean.TRUE.equals(each.error().senderFault()));
    var first = failed.get(0).error();
    var keys =
        failed.stream()
            .limit(NAMED)
            .map(each -> each.object().key())
            .collect(Collectors.joining(", ", "", failed.size() > NAMED ? ", ..." : ""));
    return new PortException(
        nothingWent ? Kind.REFUSED : Kind.UNKNOWN_OUTCOME,
        failed.size()
            + " of "
            + wish.objects().size()
            + " messages were not sent to "
            + clients.place(wish.queue())
            + " ("
            + keys
            + "): "
            + first.code()
            + ": "
            + first.message());
  }
}
