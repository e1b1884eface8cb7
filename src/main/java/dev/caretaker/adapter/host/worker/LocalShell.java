package dev.caretaker.adapter.host.worker;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;

import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.SortedMap;

/** Scripts on this machine, for workers that stand beside the operator. */
final class LocalShell implements Shell {
  private static final int AT_ONCE = 16;
  private static final int LARGEST_OUTPUT = 256 * 1024;

  private final Duration patience;
  private final SideBySide scripts = new SideBySide("local-workers", AT_ONCE);

  LocalShell(Duration patience) {
    this.patience = patience;
  }

  @Override
  public SortedMap<WorkerId, Said> run(Map<WorkerHost, String> orders) {
    return scripts.ask(
        orders.entrySet(),
        order -> order.getKey().id(),
        order -> run(order.getValue()),
        new Failed(new PortException(Kind.UNKNOWN_OUTCOME, "shutting down")));
  }

  private Said run(String script) {
    try {
      // Through a file: what a job that goes on has inherited cannot keep a pipe open.
      var output = Files.createTempFile("caretaker-worker", ".out");
      try {
        return run(script, output);
      } finally {
        Files.delete(output);
      }
    } catch (IOException failed) {
      var sentence = "no shell could be run: " + failed.getMessage();
      return new Failed(new PortException(Kind.UNREACHABLE, sentence, failed));
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      return new Failed(new PortException(Kind.UNKNOWN_OUTCOME, "shutting down", stopping));
    }
  }

  private Said run(String script, Path output) throws IOException, InterruptedException {
    var process =
        new ProcessBuilder("sh", "-s")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try (var input = process.getOutputStream()) {
      input.write(script.getBytes(UTF_8));
    }
    if (!process.waitFor(patience.toMillis(), MILLISECONDS)) {
      process.destroyForcibly();
      return new Failed(
          new PortException(
              Kind.UNKNOWN_OUTCOME, "a script has not ended after " + patience.toSeconds() + " s"));
    }
    try (var said = Files.newInputStream(output)) {
      return new Ended(process.exitValue(), new String(said.readNBytes(LARGEST_OUTPUT), UTF_8));
    }
  }

  @Override
  public void close() {
    scripts.close();
  }
}
