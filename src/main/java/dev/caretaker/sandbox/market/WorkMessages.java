package dev.caretaker.sandbox.market;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;

/** A pipeline's queue as its producers, and people who look at it, see it. */
public final class WorkMessages {
  /** SQS takes no larger batch. */
  private static final int BATCH = 10;

  private final SqsWire wire;
  private final String name;

  WorkMessages(SqsWire wire, String name) {
    this.wire = wire;
    this.name = name;
  }

  /** Whether somebody has made it. */
  public boolean exists() throws IOException, InterruptedException {
    var wish = JsonNodeFactory.instance.objectNode().put("QueueNamePrefix", name);
    for (var url : wire.ask("ListQueues", wish).path("QueueUrls")) {
      if (url.asText().endsWith("/" + name)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Sends them, and returns when all are in the queue.
   *
   * @throws IOException where some may not be
   */
  public void send(List<String> bodies) throws IOException, InterruptedException {
    for (int from = 0; from < bodies.size(); from += BATCH) {
      var wish = named();
      var entries = wish.putArray("Entries");
      for (var body : bodies.subList(from, Math.min(bodies.size(), from + BATCH))) {
        entries.addObject().put("Id", "m" + entries.size()).put("MessageBody", body);
      }
      var failed = wire.ask("SendMessageBatch", wish).path("Failed");
      if (!failed.isEmpty()) {
        throw new IOException("not sent: " + failed);
      }
    }
  }

  /** How many are in it: waiting, delayed, or received and not deleted. */
  public long count() throws IOException, InterruptedException {
    var wish = named();
    wish.putArray("AttributeNames").add("All");
    var attributes = wire.ask("GetQueueAttributes", wish).path("Attributes");
    return attributes.path("ApproximateNumberOfMessages").asLong()
        + attributes.path("ApproximateNumberOfMessagesNotVisible").asLong()
        + attributes.path("ApproximateNumberOfMessagesDelayed").asLong();
  }

  private ObjectNode named() throws IOException, InterruptedException {
    var wish = JsonNodeFactory.instance.objectNode().put("QueueName", name);
    var url = wire.ask("GetQueueUrl", wish).path("QueueUrl").asText();
    return JsonNodeFactory.instance.objectNode().put("QueueUrl", url);
  }
}
