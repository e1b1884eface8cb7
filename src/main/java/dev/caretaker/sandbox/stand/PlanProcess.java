package dev.caretaker.sandbox.stand;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** {@code caretaker plan} as a person runs it: a process of its own that reads the real cluster. */
final class PlanProcess {
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final ObjectMapper JSON = new ObjectMapper();

  private PlanProcess() {}

  /**
   * How many seconds it says that all steps take.
   *
   * @param file the EsCluster with its wish
   * @param directory with the operator's kubeconfig
   * @throws IOException also where it makes no plan
   */
  static long seconds(Path file, Path directory, String namespace)
      throws IOException, InterruptedException {
    var plan = directory.resolve("plan.json");
    var errors = directory.resolve("plan.log");
    var command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            "dev.caretaker.Main",
            "plan",
            "--filename=" + file,
            "--output=json",
            "--namespace=" + namespace,
            "--kubeconfig=" + directory.resolve("kubeconfig"));
    var process =
        new ProcessBuilder(command)
            .redirectOutput(plan.toFile())
            .redirectError(errors.toFile())
            .start();
    if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("caretaker plan took longer than " + PATIENCE.toSeconds() + " s");
    }
    var seconds = JSON.readTree(plan.toFile()).at("/plans/0/seconds");
    if (!seconds.isNumber()) {
      var said = new String(Files.readAllBytes(errors), StandardCharsets.UTF_8);
      throw new IOException("caretaker plan made no plan: " + said);
    }
    return seconds.asLong();
  }
}
