package dev.caretaker.sandbox.objects;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** S3's wire protocol, unsigned, for who is neither operator nor worker. */
final class S3Wire {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(PATIENCE).build();
  private final URI endpoint;

  S3Wire(URI endpoint) {
    this.endpoint = endpoint;
  }

  boolean answers() throws InterruptedException {
    var request = HttpRequest.newBuilder(endpoint.resolve("/")).timeout(PATIENCE).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  void put(String path, String content) throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(endpoint.resolve(path))
            .timeout(PATIENCE)
            .PUT(BodyPublishers.ofString(content))
            .build();
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("PUT " + path + ": " + answer.statusCode() + " " + answer.body());
    }
  }
}
