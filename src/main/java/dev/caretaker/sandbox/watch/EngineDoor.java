package dev.caretaker.sandbox.watch;

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
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The cluster behind several nodes: a request goes to the next one where a node does not answer.
 */
public final class EngineDoor {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final List<URI> nodes;
  private final Duration patience;
  private final HttpClient client;
  private final AtomicInteger turn = new AtomicInteger();

  /**
   * @param patience for each node
   */
  public EngineDoor(List<URI> nodes, Duration patience) {
    this.nodes = List.copyOf(nodes);
    this.patience = patience;
    this.client = HttpClient.newBuilder().connectTimeout(patience).build();
  }

  /** An answer, whatever its status. */
  public record Answer(int status, JsonNode body) {
    public boolean ok() {
      return status / 100 == 2;
    }
  }

  /**
   * Reads from the first node that answers well.
   *
   * @throws IOException when none did
   */
  public Answer get(String path) throws IOException, InterruptedException {
    return ask("GET", path, "");
  }

  /**
   * A request that may be sent again: every node is tried until one answers with a status below
   * 500.
   *
   * @throws IOException when none did
   */
  public Answer ask(String method, String path, String body)
      throws IOException, InterruptedException {
    var failure = new IOException("no node answered " + method + " " + path);
    int first = turn.get();
    for (int step = 0; step < nodes.size(); step++) {
      int index = Math.floorMod(first + step, nodes.size());
      try {
        var answer = askOnce(nodes.get(index), method, path, body);
        if (answer.status() < 500) {
          return answer;
        }
        failure.addSuppressed(new IOException(nodes.get(index) + ": " + answer.status()));
      } catch (IOException e) {
        failure.addSuppressed(e);
      }
      turn.compareAndSet(index, index + 1);
    }
    throw failure;
  }

  /**
   * A request to the next node in turn, sent once: a write of which nobody knows is never repeated.
   *
   * @throws IOException when it did not answer; the write may have been done
   */
  public Answer once(String method, String path, String body)
      throws IOException, InterruptedException {
    var node = nodes.get(Math.floorMod(turn.getAndIncrement(), nodes.size()));
    return askOnce(node, method, path, body);
  }

  private Answer askOnce(URI node, String method, String path, String body)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(node + path))
            .timeout(patience)
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), JSON.readTree(response.body()));
  }
}
