package dev.caretaker.adapter.sqs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caretaker.pipeline.action.PipelineAction.CreateQueue;
import dev.caretaker.pipeline.action.PipelineAction.DeleteQueue;
import dev.caretaker.pipeline.model.PipelineId;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueAttributes.DeadLetter;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.services.sqs.model.QueueAttributeName;

/** Makes queues and deletes them. A queue that is there is never changed. */
final class QueueOrders {
  private final QueueClients clients;
  private final QueueReading reading;
  private final EmptyLooks looks;

  QueueOrders(QueueClients clients, QueueReading reading, EmptyLooks looks) {
    this.clients = clients;
    this.reading = reading;
    this.looks = looks;
  }

  void create(PipelineId pipeline, CreateQueue wish) throws PortException {
    var there = reading.find(wish.queue());
    if (there.isPresent()) {
      var drift = QueueDrift.between(there.get().attributes(), wish.attributes());
      if (!drift.isEmpty()) {
        throw refused(
            wish.queue(),
            "is there with other attributes, which are not changed: "
                + String.join(", ", drift)
                + ". Correct spec.queue, or change them with aws sqs set-queue-attributes");
      }
      return;
    }
    var attributes = attributes(wish.attributes());
    clients.ask(
        "sqs:CreateQueue",
        wish.queue(),
        () ->
            clients
                .sqs()
                .createQueue(
                    each ->
                        each.queueName(wish.queue().value())
                            .attributes(attributes)
                            .tags(QueueTags.of(pipeline))));
  }

  private PortException refused(QueueName queue, String sentence) {
    return new PortException(Kind.REFUSED, clients.place(queue) + " " + sentence);
  }

  private Map<QueueAttributeName, String> attributes(QueueAttributes wanted) throws PortException {
    var attributes = new HashMap<QueueAttributeName, String>();
    attributes.put(
        QueueAttributeName.MESSAGE_RETENTION_PERIOD, Long.toString(wanted.retention().toSeconds()));
    attributes.put(
        QueueAttributeName.VISIBILITY_TIMEOUT, Long.toString(wanted.visibility().toSeconds()));
    if (wanted.deadLetter().isPresent()) {
      attributes.put(QueueAttributeName.REDRIVE_POLICY, redrive(wanted.deadLetter().get()));
    }
    return attributes;
  }

  /** SQS takes a dead-letter queue by its ARN only, and only one that is there. */
  private String redrive(DeadLetter wanted) throws PortException {
    var target =
        reading
            .find(wanted.queue())
            .orElseThrow(
                () ->
                    refused(
                        wanted.queue(),
                        "is not there, and a queue that names it for its dead letters cannot be"
                            + " made before it"));
    return JsonNodeFactory.instance
        .objectNode()
        .put("deadLetterTargetArn", target.arn())
        .put("maxReceiveCount", wanted.after())
        .toString();
  }

  void delete(PipelineId pipeline, DeleteQueue wish) throws PortException {
    var queue = wish.queue();
    var there = reading.find(queue);
    if (there.isEmpty()) {
      looks.forget(queue);
      return;
    }
    var tags = reading.tags(queue, there.get()).orElse(Map.of());
    if (!pipeline.uid().equals(tags.get(QueueTags.PIPELINE))) {
      throw refused(
          queue,
          "is not tagged "
              + QueueTags.PIPELINE
              + "="
              + pipeline.uid()
              + ", so it was not made for this pipeline and stays: delete it by hand");
    }
    looks.saw(queue, there.get().backlog());
    if (there.get().backlog() > 0) {
      throw refused(
          queue, "holds about " + there.get().backlog() + " messages and stays until it is empty");
    }
    if (!looks.isSurelyEmpty(queue)) {
      throw refused(
          queue,
          "looks empty; SQS counts right only about a minute after traffic stops, so that it is"
              + " looked at again in a minute");
    }
    clients.askIfThere(
        "sqs:DeleteQueue",
        queue,
        () -> clients.sqs().deleteQueue(each -> each.queueUrl(there.get().url())));
    looks.forget(queue);
  }
}
