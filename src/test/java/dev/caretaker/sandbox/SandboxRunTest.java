package dev.caretaker.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.testkit.RequiresApiServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import picocli.CommandLine;

/**
 * One whole run, the shortest: engine, API server, operator process, and a drain proven. Only where
 * it is asked for; CI plays all scenarios by the command itself.
 */
@EnabledIfEnvironmentVariable(named = "CARETAKER_SANDBOX_TESTS", matches = "true")
@Tag("engine")
@RequiresApiServer
class SandboxRunTest {

  private static final Path DIRECTORY =
      Path.of(
          System.getProperty("java.io.tmpdir"),
          "caretaker-sandbox-" + Integer.toHexString(Path.of("").toAbsolutePath().hashCode()));

  @Test
  void shouldDrainForReal() throws Exception {
    var screen = new StringWriter();
    var command = new CommandLine(new SandboxCommand()).setOut(new PrintWriter(screen));

    int exitCode =
        command.execute(
            "--scenario=drain",
            "--once",
            "--nodes=backup=2,spot=1",
            "--kubernetes=apiserver",
            "--data=" + DIRECTORY);

    var lines = screen.toString().lines().toList();
    assertThat(exitCode).as(screen.toString()).isZero();
    var line = new ObjectMapper().readTree(lines.get(lines.size() - 1));
    assertThat(line.path("scenario").asText()).isEqualTo("drain");
    assertThat(line.path("cancelRestored").asBoolean()).isTrue();
    assertThat(line.path("lost").asInt(-1)).isZero();
    assertThat(DIRECTORY).doesNotExist();
  }
}
