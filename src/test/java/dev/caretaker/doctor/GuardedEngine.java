package dev.caretaker.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import dev.caretaker.sandbox.engine.EngineCluster;
import dev.caretaker.sandbox.engine.EngineKind;
import dev.caretaker.sandbox.engine.EngineNode;
import dev.caretaker.sandbox.engine.EngineOptions;
import dev.caretaker.testkit.RealEngine;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/**
 * A real Elasticsearch that asks who is there: users and roles are in its files, since its modules
 * here cannot make the index that it keeps them in.
 */
final class GuardedEngine implements AutoCloseable {
  static final String PASSWORD = "administrator";
  private static final String HASH = "$2a$10$3Tx/Q/WBWc73Z5sWdOAGP.g9JG33BrJS2EO23R7r0wV3s9jdZc7rm";
  private static final String ADMIN = "admin";

  /** Whoever waits for the nodes says no name; everybody else gets this right too. */
  private static final String HEALTH = "health";

  private final HttpClient http = HttpClient.newHttpClient();
  private final EngineCluster cluster;

  /**
   * Starts it.
   *
   * @param roles each is the only role of a user of the same name
   */
  GuardedEngine(Map<String, JsonNode> roles) throws IOException, InterruptedException {
    cluster =
        RealEngine.prepare(EngineKind.ES8, "backup=1,spot=1", "guarded", EngineOptions.defaults());
    for (var node : cluster.nodes()) {
      guard(node.home().resolve("config"), roles);
    }
    cluster.start();
  }

  private static void guard(Path config, Map<String, JsonNode> roles) throws IOException {
    var settings = config.resolve("elasticsearch.yml");
    Files.writeString(
        settings,
        Files.readString(settings)
                .replace("xpack.security.enabled: \"false\"", "xpack.security.enabled: true")
            + "xpack.security.authc.anonymous.roles: "
            + HEALTH
            + "\n");
    var users = new StringBuilder(ADMIN + ":" + HASH + "\n");
    var userRoles = new StringBuilder("superuser:" + ADMIN + "\n");
    // What is JSON is YAML too.
    var defined = new StringBuilder(HEALTH + ": {\"cluster\": [\"cluster:monitor/health\"]}\n");
    roles.forEach(
        (name, role) -> {
          users.append(name).append(":" + HASH + "\n");
          userRoles.append(name).append(":").append(name).append("\n");
          defined.append(name).append(": ").append(role).append("\n");
        });
    Files.writeString(config.resolve("users"), users);
    Files.writeString(config.resolve("users_roles"), userRoles);
    Files.writeString(config.resolve("roles.yml"), defined);
  }

  EngineCluster cluster() {
    return cluster;
  }

  List<URI> urls() {
    return cluster.nodes().stream().map(EngineNode::url).toList();
  }

  /** Does something as its superuser. */
  String admin(String method, String path, String body) throws IOException, InterruptedException {
    var pair = (ADMIN + ":" + PASSWORD).getBytes(StandardCharsets.UTF_8);
    var request =
        HttpRequest.newBuilder(URI.create(urls().get(0) + path))
            .header("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair))
            .header("Content-Type", "application/json")
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    var answer = http.send(request.build(), BodyHandlers.ofString());
    if (answer.statusCode() / 100 != 2) {
      throw new IOException(method + " " + path + ": " + answer.body());
    }
    return answer.body();
  }

  @Override
  public void close() throws IOException {
    cluster.close();
  }
}
