package dev.caretaker.sandbox.keeper;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The protocol of docs/keeper.md, over HTTP. */
class KeeperServerTest {

  private final HttpClient client = HttpClient.newHttpClient();
  private final Keeper keeper;
  private final KeeperServer server;

  private record Answer(int status, JsonNode body) {}

  KeeperServerTest(@TempDir Path directory) throws Exception {
    keeper = Keeper.open(directory);
    keeper.add(
        new ProgramSpec(
            "spot1",
            List.of("sleep", "100"),
            Map.of(),
            directory.resolve("spot1"),
            directory.resolve("spot1.log")));
    server = new KeeperServer(keeper, 0);
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    keeper.close();
  }

  @Test
  void shouldTellOfAProgramThatNeverRan() throws Exception {
    Answer answer = ask("GET", "/programs/spot1");

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.body().path("state").asText()).isEqualTo("STOPPED");
    assertThat(answer.body().path("token").isNull()).isTrue();
    assertThat(answer.body().path("exitCode").isNull()).isTrue();
    assertThat(answer.body().path("diskTotal").asLong()).isPositive();
    assertThat(ask("GET", "/programs").body().findValuesAsText("name")).containsExactly("spot1");
  }

  @Test
  void shouldStartAndStopAsTheStatusTells() throws Exception {
    Answer started = ask("POST", "/programs/spot1/start");
    JsonNode running = ask("GET", "/programs/spot1").body();
    Answer stopped = ask("POST", "/programs/spot1/stop?token=" + running.path("token").asText());
    keeper.awaitGone("spot1", Duration.ofSeconds(10));
    JsonNode gone = ask("GET", "/programs/spot1").body();

    assertThat(started.status()).isEqualTo(202);
    assertThat(running.path("state").asText()).isEqualTo("RUNNING");
    long start = Instant.parse(running.path("startedAt").asText()).toEpochMilli();
    assertThat(running.path("token").asText())
        .isEqualTo(running.path("pid").asLong() + "@" + start);
    assertThat(stopped.status()).isEqualTo(202);
    assertThat(gone.path("state").asText()).isEqualTo("STOPPED");
    assertThat(gone.path("exitCode").asInt()).isEqualTo(143);
    assertThat(gone.path("pid").isNull()).isTrue();
  }

  @Test
  void shouldRefuseToStopAnotherIncarnation() throws Exception {
    ask("POST", "/programs/spot1/start");

    Answer answer = ask("POST", "/programs/spot1/stop?token=1%401");

    assertThat(answer.status()).isEqualTo(409);
    assertThat(answer.body().path("error").asText()).contains("1@1");
    assertThat(ask("GET", "/programs/spot1").body().path("state").asText()).isEqualTo("RUNNING");
  }

  @Test
  void shouldSayWhatIsWrongWithARequest() throws Exception {
    assertThat(ask("GET", "/programs/spot9").status()).isEqualTo(404);
    assertThat(ask("POST", "/programs/spot9/start").status()).isEqualTo(404);
    assertThat(ask("GET", "/").status()).isEqualTo(404);
    assertThat(ask("POST", "/programs/spot1/dance").status()).isEqualTo(404);
    assertThat(ask("POST", "/programs/spot1/stop").status()).isEqualTo(400);
    assertThat(ask("GET", "/programs/spot1/stop").status()).isEqualTo(405);
    assertThat(ask("DELETE", "/programs/spot1").status()).isEqualTo(405);
    assertThat(ask("GET", "/programs/spot9").body().path("error").asText()).contains("spot1");
  }

  private Answer ask(String method, String pathAndQuery) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(server.url() + pathAndQuery))
            .method(method, BodyPublishers.noBody())
            .timeout(Duration.ofSeconds(10))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    return new Answer(response.statusCode(), new ObjectMapper().readTree(response.body()));
  }
}
