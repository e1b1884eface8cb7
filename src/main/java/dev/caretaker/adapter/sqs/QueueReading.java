package dev.caretaker.adapter.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueAttributes.DeadLetter;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Reads queues: what they are like, how much is in them, and whose they are. */
final class QueueReading {
  private static final String URL = "sqs:GetQueueUrl";
  private static final String ATTRIBUTES = "sqs:GetQueueAttributes";
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]{1,80}");
  private static final ObjectMapper JSON = new ObjectMapper();

  /** SQS's own default. SQS always says how long it keeps messages; ElasticMQ never does. */
  private static final String KEEPS = Long.toString(Duration.ofDays(4).toSeconds());

  private static final Pattern CREATED = Pattern.compile("(\\d{1,12})(\\.\\d+)?");

  private static final List<QueueAttributeName> ASKED =
      List.of(
          QueueAttributeName.QUEUE_ARN,
          QueueAttributeName.MESSAGE_RETENTION_PERIOD,
          QueueAttributeName.VISIBILITY_TIMEOUT,
          QueueAttributeName.REDRIVE_POLICY,
          QueueAttributeName.CREATED_TIMESTAMP,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE,
          QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED);

  private final QueueClients clients;

  QueueReading(QueueClients clients) {
    this.clients = clients;
  }

  /** A queue that is there. */
  record Found(
      String url,
      String arn,
      QueueAttributes attributes,
      long visible,
      long inFlight,
      long delayed,
      Optional<Instant> created) {
    long backlog() {
      return visible + inFlight + delayed;
    }
  }

  /** The queue; empty where SQS says that there is none. */
  Optional<Found> find(QueueName queue) throws PortException {
    var url = url(queue);
    if (url.isEmpty()) {
      return Optional.empty();
    }
    var at = url.get();
    var attributes =
        clients.askIfThere(
            ATTRIBUTES,
            queue,
            () ->
                clients
                    .sqs()
                    .getQueueAttributes(each -> each.queueUrl(at).attributeNames(ASKED))
                    .attributes());
    return attributes.isEmpty()
        ? Optional.empty()
        : Optional.of(found(queue, at, attributes.get()));
  }

  /** Looked up each time: a queue that was deleted meanwhile shall not be taken for one. */
  Optional<String> url(QueueName queue) throws PortException {
    check(queue);
    return clients.askIfThere(
        URL,
        queue,
        () -> clients.sqs().getQueueUrl(each -> each.queueName(queue.value())).queueUrl());
  }

  /** By a URL or an ARN, SQS would reach into another account. */
  private static void check(QueueName queue) throws PortException {
    if (queue.value().endsWith(".fifo")) {
      throw new PortException(
          Kind.REFUSED, queue + " is a FIFO queue: name a standard one in spec.queue.name");
    }
    if (!NAME.matcher(queue.value()).matches()) {
      throw new PortException(
          Kind.REFUSED,
          "'"
              + queue
              + "' is no name of a queue: write its name alone into spec.queue.name, no URL and no"
              + " ARN; queues of another account are not cared for");
    }
  }

  private static Found found(QueueName queue, String url, Map<QueueAttributeName, String> said)
      throws PortException {
    return new Found(
        url,
        said.getOrDefault(QueueAttributeName.QUEUE_ARN, ""),
        new QueueAttributes(
            seconds(queue, said.getOrDefault(QueueAttributeName.MESSAGE_RETENTION_PERIOD, KEEPS)),
            Duration.ofSeconds(number(queue, said, QueueAttributeName.VISIBILITY_TIMEOUT)),
            deadLetter(queue, said)),
        number(queue, said, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES),
        number(queue, said, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_NOT_VISIBLE),
        number(queue, said, QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES_DELAYED),
        created(said));
  }

  /** Whole seconds, with a fraction where a stand-in answers; without it less is known of ages. */
  private static Optional<Instant> created(Map<QueueAttributeName, String> said) {
    return Optional.ofNullable(said.get(QueueAttributeName.CREATED_TIMESTAMP))
        .map(CREATED::matcher)
        .filter(Matcher::matches)
        .map(seconds -> Instant.ofEpochSecond(Long.parseLong(seconds.group(1))));
  }

  private static Duration seconds(QueueName queue, String text) throws PortException {
    return Duration.ofSeconds(number(queue, text, QueueAttributeName.MESSAGE_RETENTION_PERIOD));
  }

  private static long number(
      QueueName queue, Map<QueueAttributeName, String> said, QueueAttributeName name)
      throws PortException {
    return number(queue, said.getOrDefault(name, ""), name);
  }

  private static long number(QueueName queue, String text, QueueAttributeName name)
      throws PortException {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException odd) {
      throw nonsense(queue, name, text);
    }
  }

  private static PortException nonsense(QueueName queue, QueueAttributeName name, String text) {
    return new PortException(
        Kind.UNKNOWN_OUTCOME,
        "SQS says '" + text + "' for " + name + " of queue " + queue + ": is it SQS that answers?");
  }

  private static Optional<DeadLetter> deadLetter(
      QueueName queue, Map<QueueAttributeName, String> said) throws PortException {
    var text = said.getOrDefault(QueueAttributeName.REDRIVE_POLICY, "");
    if (text.isEmpty()) {
      return Optional.empty();
    }
    try {
      var policy = JSON.readTree(text);
      var arn = policy.path("deadLetterTargetArn").asText();
      // A number, or as some tools write it, a text.
      int after = policy.path("maxReceiveCount").asInt();
      if (arn.isEmpty() || after <= 0) {
        throw nonsense(queue, QueueAttributeName.REDRIVE_POLICY, text);
      }
      var name = new QueueName(arn.substring(arn.lastIndexOf(':') + 1));
      return Optional.of(new DeadLetter(name, after));
    } catch (JsonProcessingException odd) {
      throw nonsense(queue, QueueAttributeName.REDRIVE_POLICY, text);
    }
  }

  /** Its tags; empty where there is no such queue. */
  Optional<Map<String, String>> tags(QueueName queue, Found found) throws PortException {
    return clients.askIfThere(
        "sqs:ListQueueTags",
        queue,
        () -> clients.sqs().listQueueTags(each -> each.queueUrl(found.url())).tags());
  }
}
