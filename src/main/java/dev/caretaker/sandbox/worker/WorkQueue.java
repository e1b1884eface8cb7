package dev.caretaker.sandbox.worker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The queue, by SQS's wire protocol. */
final class WorkQueue {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int WAIT_SECONDS = 5;
  private static final int DELAY_SECONDS = 5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final URI endpoint;
  private final String name;
  private final Objects objects;
  private String url = "";

  WorkQueue(HttpClient client, URI endpoint, String name, Objects objects) {
    this.client = client;
    this.endpoint = endpoint;
    this.name = name;
    this.objects = objects;
  }

  /** Waits a few seconds for messages. */
  List<Message> receive(int most) throws IOException, InterruptedException {
    var wish =
        JsonNodeFactory.instance
            .objectNode()
            .put("QueueUrl", url())
            .put("MaxNumberOfMessages", most)
            .put("WaitTimeSeconds", WAIT_SECONDS);
    wish.putArray("AttributeNames").add("ApproximateReceiveCount");
    var messages = new ArrayList<Message>();
    for (var each : ask("ReceiveMessage", wish).path("Messages")) {
      messages.add(Message.of(each, objects));
    }
    return messages;
  }

  /** Puts a message back, for some seconds later. */
  void sendLater(String body) throws IOException, InterruptedException {
    ask(
        "SendMessage",
        JsonNodeFactory.instance
            .objectNode()
            .put("QueueUrl", url())
            .put("MessageBody", body)
            .put("DelaySeconds", DELAY_SECONDS));
  }

  void delete(Message message) throws IOException, InterruptedException {
    var wish = JsonNodeFactory.instance.objectNode().put("QueueUrl", url());
    ask("DeleteMessage", wish.put("ReceiptHandle", message.receipt()));
  }

  private String url() throws IOException, InterruptedException {
    if (url.isEmpty()) {
      var wish = JsonNodeFactory.instance.objectNode().put("QueueName", name);
      url = ask("GetQueueUrl", wish).path("QueueUrl").asText();
    }
    return url;
  }

  private JsonNode ask(String action, JsonNode body) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(endpoint)
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-amz-json-1.0")
            .header("X-Amz-Target", "AmazonSQS." + action)
            .POST(BodyPublishers.ofString(body.toString()))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException(action + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
  }
}
