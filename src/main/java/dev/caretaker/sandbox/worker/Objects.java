package dev.caretaker.sandbox.worker;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;

/**
 * The objects that messages name, by S3's wire protocol.
 *
 * @param endpoint empty where there is none
 */
record Objects(HttpClient client, Optional<URI> endpoint) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** What an object holds. */
  String read(String bucket, String key) throws IOException, InterruptedException {
    var place = "/" + bucket + "/" + key;
    var url = endpoint.orElseThrow(() -> new IOException("ETL_S3 is not set, for " + place));
    var request = HttpRequest.newBuilder(url.resolve(place)).timeout(PATIENCE).build();
    var answer = client.send(request, BodyHandlers.ofString());
    if (answer.statusCode() != 200) {
      throw new IOException("GET " + place + ": " + answer.statusCode() + " " + answer.body());
    }
    return answer.body();
  }
}
