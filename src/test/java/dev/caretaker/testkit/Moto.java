package dev.caretaker.testkit;

import dev.caretaker.sandbox.keeper.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A moto server on loopback; it takes any credentials, which the SDK finds where it looks. */
public final class Moto implements AutoCloseable {
  public static final String REGION = "us-east-1";
  private static final int LOOKS = 300;

  private final HttpClient client = HttpClient.newHttpClient();
  private final Process process;
  private final URI url;

  private Moto(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  static Moto start(Path program) {
    try {
      int port = FreePorts.take(1).get(0);
      var process =
          new ProcessBuilder(program.toString(), "-H", "127.0.0.1", "-p", Integer.toString(port))
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      var moto = new Moto(process, URI.create("http://127.0.0.1:" + port));
      moto.awaitAnswer();
      SdkCredentials.give();
      return moto;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void awaitAnswer() {
    for (int look = 0; look < LOOKS; look++) {
      if (answers()) {
        return;
      }
      try {
        if (process.waitFor(100, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    close();
    throw new IllegalStateException("moto_server does not answer at " + url);
  }

  private boolean answers() {
    try {
      return send("GET", "/moto-api/") == 200;
    } catch (UncheckedIOException notYet) {
      return false;
    }
  }

  public URI url() {
    return url;
  }

  /** Forgets all that was ever made. */
  void reset() {
    if (send("POST", "/moto-api/reset") != 200) {
      throw new IllegalStateException("moto was not reset");
    }
  }

  private int send(String method, String path) {
    var request =
        HttpRequest.newBuilder(url.resolve(path))
            .timeout(Duration.ofSeconds(10))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    process.destroy();
  }
}
