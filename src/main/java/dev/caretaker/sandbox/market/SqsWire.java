package dev.caretaker.sandbox.market;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/**
 * SQS's wire protocol, as everybody in the sandbox speaks it who is neither operator nor worker.
 */
final class SqsWire {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI endpoint;

  SqsWire(URI endpoint) {
    this.endpoint = endpoint;
  }

  /**
   * Asks for one action.
   *
   * @throws IOException also where the answer is a refusal, with its words
   */
  JsonNode ask(String action, JsonNode body) throws IOException, InterruptedException {
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
    try {
      return answer.body().isEmpty() ? JSON.createObjectNode() : JSON.readTree(answer.body());
    } catch (JsonProcessingException odd) {
      throw new IOException(action + " was answered with no JSON: " + answer.body(), odd);
    }
  }
}
