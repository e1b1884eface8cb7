package dev.caretaker.sandbox.worker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * Writes documents by alias. Like the programs it stands for it asks nobody whether the alias is
 * there: where it is not, Elasticsearch makes an index of that name, which is the harm.
 */
final class Tables {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final List<URI> nodes;
  private final String worker;
  private final String version;
  private int next;

  Tables(HttpClient client, List<URI> nodes, String worker, String version) {
    this.client = client;
    this.nodes = List.copyOf(nodes);
    this.worker = worker;
    this.version = version;
  }

  /**
   * Writes one document for each message.
   *
   * @throws IOException where some may not have been written; the messages stay in the queue
   */
  void write(List<Message> messages) throws IOException, InterruptedException {
    var body = new StringBuilder();
    for (var message : messages) {
      body.append(action(message.table(), message.documentId())).append('\n');
      body.append(document(message.number(), message.sentAt())).append('\n');
    }
    bulk(body.toString());
  }

  /** A document of no message, to show that the table takes what this code writes. */
  void writeTrial(String table) throws IOException, InterruptedException {
    bulk(action(table, "trial") + "\n" + document(-1, Instant.now().toString()) + "\n");
  }

  private static String action(String table, String id) {
    var action = JsonNodeFactory.instance.objectNode();
    action.putObject("index").put("_index", table).put("_id", id);
    return action.toString();
  }

  private String document(long number, String sentAt) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("number", number)
        .put("worker", worker)
        .put("version", version)
        .put("sentAt", sentAt)
        .put("storedAt", Instant.now().toString())
        .toString();
  }

  /** Another node each time that one does not answer: nodes go too. */
  private void bulk(String body) throws IOException, InterruptedException {
    var node = nodes.get(next % nodes.size());
    var request =
        HttpRequest.newBuilder(node.resolve("/_bulk"))
            .timeout(PATIENCE)
            .header("Content-Type", "application/x-ndjson")
            .POST(BodyPublishers.ofString(body))
            .build();
    try {
      var answer = client.send(request, BodyHandlers.ofString());
      if (answer.statusCode() != 200 || JSON.readTree(answer.body()).path("errors").asBoolean()) {
        throw new IOException("bulk: " + answer.statusCode() + " " + answer.body());
      }
    } catch (IOException failed) {
      next++;
      throw failed;
    }
  }
}
