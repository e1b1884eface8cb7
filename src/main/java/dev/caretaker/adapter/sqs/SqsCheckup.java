package dev.caretaker.adapter.sqs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.port.Checked;
import dev.caretaker.port.PortException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.sqs.SqsClient;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Whether notices can get into a queue and out of it. Nothing in it is changed. */
public final class SqsCheckup implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ACTION = "sqs-action";
  private static final String QUEUE = "queue";
  private static final String POLICY = "queue-policy";
  private static final String GRANT = "attach manifests/iam/spotfleet-policy.json to the role";

  private final SqsSettings settings;
  private final SqsClient client;

  /** Asks nothing yet. To be closed. */
  public SqsCheckup(SqsSettings settings) {
    this.settings = settings;
    this.client = SqsNotices.client(settings);
  }

  private interface Question<T> {
    T ask();
  }

  /** Asks everything. */
  public List<Checked> look() {
    var findings = new ArrayList<Checked>();
    try {
      var url =
          ask(
              "sqs:GetQueueUrl",
              () -> client.getQueueUrl(each -> each.queueName(settings.queue())).queueUrl());
      findings.add(Checked.well(QUEUE, settings.queue(), "there"));
      var attributes = attributes(url, findings);
      receiving(url, attributes, findings);
      deleting(url, findings);
    } catch (PortException absent) {
      var todo =
          absent.kind() == PortException.Kind.UNKNOWN_OUTCOME
              ? "see that SQS can be reached from here"
              : "create it, or correct spec.interruption.queue and the role's policy";
      findings.add(Checked.wrong(QUEUE, settings.queue(), sentence(absent), todo));
    }
    return findings;
  }

  private <T> T ask(String action, Question<T> question) throws PortException {
    try {
      return question.ask();
    } catch (SdkException failed) {
      throw SqsFailure.of(action, settings.place(), failed);
    }
  }

  private static String sentence(PortException failure) {
    return String.valueOf(failure.getMessage());
  }

  /** The operator does not need them: who looks may. */
  private Map<QueueAttributeName, String> attributes(String url, List<Checked> findings) {
    Map<QueueAttributeName, String> attributes;
    try {
      attributes =
          ask(
              "sqs:GetQueueAttributes",
              () ->
                  client
                      .getQueueAttributes(
                          each -> each.queueUrl(url).attributeNames(QueueAttributeName.ALL))
                      .attributes());
    } catch (PortException hidden) {
      findings.add(
          Checked.untold(
              POLICY, settings.queue(), "you may not see its attributes: " + sentence(hidden)));
      return Map.of();
    }
    findings.add(policy(attributes));
    if (!attributes.containsKey(QueueAttributeName.REDRIVE_POLICY)) {
      findings.add(
          Checked.odd(
              "queue-redrive",
              settings.queue(),
              "it has no redrive policy: a message that cannot be read comes again and again",
              "name a dead-letter queue in its RedrivePolicy"));
    }
    return attributes;
  }

  private Checked policy(Map<QueueAttributeName, String> attributes) {
    boolean fills =
        Optional.ofNullable(attributes.get(QueueAttributeName.POLICY))
            .filter(SqsCheckup::letsEventsIn)
            .isPresent();
    return fills
        ? Checked.well(POLICY, settings.queue(), "EventBridge may send")
        : Checked.wrong(
            POLICY,
            settings.queue(),
            "it does not let EventBridge send, so that no notice comes",
            "set its Policy as in manifests/iam/notices-queue-policy.json");
  }

  private static boolean letsEventsIn(String policy) {
    try {
      return texts(JSON.readTree(policy).path("Statement")).anyMatch(SqsCheckup::letsIn);
    } catch (JsonProcessingException odd) {
      return false;
    }
  }

  private static boolean letsIn(JsonNode statement) {
    var principal = statement.path("Principal");
    boolean events =
        principal.asText().equals("*")
            || texts(principal.path("AWS")).anyMatch(each -> each.asText().equals("*"))
            || texts(principal.path("Service"))
                .anyMatch(each -> each.asText().equals("events.amazonaws.com"));
    boolean send =
        texts(statement.path("Action"))
            .map(each -> each.asText().toLowerCase(Locale.ROOT))
            .anyMatch(each -> List.of("*", "sqs:*", "sqs:sendmessage").contains(each));
    return statement.path("Effect").asText().equals("Allow") && events && send;
  }

  /** IAM takes one where it takes a list. */
  private static Stream<JsonNode> texts(JsonNode oneOrMany) {
    return oneOrMany.isArray()
        ? StreamSupport.stream(oneOrMany.spliterator(), false)
        : Stream.of(oneOrMany);
  }

  /** A message that is seen counts as received, which its redrive policy may count against it. */
  private void receiving(
      String url, Map<QueueAttributeName, String> attributes, List<Checked> findings) {
    var action = "sqs:ReceiveMessage";
    var waiting =
        attributes.getOrDefault(QueueAttributeName.APPROXIMATE_NUMBER_OF_MESSAGES, "not known");
    if (!waiting.equals("0")) {
      findings.add(
          Checked.untold(
              ACTION, action, "not tried unless the queue is empty; messages in it: " + waiting));
      return;
    }
    findings.add(
        allowed(
            action,
            () ->
                client.receiveMessage(
                    each ->
                        each.queueUrl(url)
                            .maxNumberOfMessages(1)
                            .visibilityTimeout(0)
                            .waitTimeSeconds(0))));
  }

  /** With a receipt that nobody was given. */
  private void deleting(String url, List<Checked> findings) {
    findings.add(
        allowed(
            "sqs:DeleteMessage",
            () -> client.deleteMessage(each -> each.queueUrl(url).receiptHandle("nobodys"))));
  }

  private Checked allowed(String action, Question<?> question) {
    try {
      ask(action, question);
      return Checked.well(ACTION, action, "allowed");
    } catch (PortException failure) {
      return switch (failure.kind()) {
        case DENIED -> Checked.wrong(ACTION, action, sentence(failure), GRANT);
        case REFUSED -> Checked.well(ACTION, action, "allowed");
        case UNREACHABLE, UNKNOWN_OUTCOME -> Checked.untold(ACTION, action, sentence(failure));
      };
    }
  }

  @Override
  public void close() {
    client.close();
  }
}
