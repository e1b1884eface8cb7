package dev.caretaker.sandbox.engine;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks one engine node, with a time-out of our own: a node without a master keeps none. */
public final class EngineHttp {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient client;
  private final Duration patience;

  public EngineHttp(Duration patience) {
    this.client = HttpClient.newBuilder().connectTimeout(patience).build();
    this.patience = patience;
  }

  /** A node's answer, whatever its status; the body is missing JSON where there was none. */
  public record Answer(int status, JsonNode body) {

    public boolean ok() {
      return status / 100 == 2;
    }
  }

  /**
   * One request.
   *
   * @param pathAndQuery from the first slash on, encoded
   * @param body empty for none
   * @throws IOException when there was no answer in time, or it is not JSON
   */
  public Answer ask(String method, EngineNode node, String pathAndQuery, String body)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(node.url() + pathAndQuery))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }

  /** Reads, as {@link #ask} does. */
  public Answer get(EngineNode node, String pathAndQuery) throws IOException, InterruptedException {
    return ask("GET", node, pathAndQuery, "");
  }
}
