package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.ConsoleDoc;
import dev.caretaker.testkit.RequiresApiServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * The real kubectl prints what {@code docs/kubectl.md} shows, but for times, ages and the name of
 * the namespace. The operator looks as often as the page's comments say.
 */
@RequiresApiServer
class KubectlDocTest {
  private static final Path PAGE = Path.of("docs", "kubectl.md");
  private static final String CLUSTER = "activedata";

  /** Where the page turns from clusters to the other kinds. */
  private static final ConsoleDoc.Note TURN = new ConsoleDoc.Note("ground", "pipeline");

  /** More looks than a bounce takes; a command that needs more hangs. */
  private static final int MOST_LOOKS = 2_000;

  private final ApiServer server;

  KubectlDocTest(ApiServer server) {
    this.server = server;
  }

  @Test
  void shouldPrintWhatThePageShowsOfClusters() throws Exception {
    var parts = ConsoleDoc.read(PAGE);
    try (var ground = new CareGround(server)) {
      var console = new Console(ground.namespace, () -> ground.step(CLUSTER));
      console.play(parts.subList(0, parts.indexOf(TURN)));
    }
  }

  @Test
  void shouldPrintWhatThePageShowsOfFleetsAndPipelines() throws Exception {
    var parts = ConsoleDoc.read(PAGE);
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    try (var ground = new PipelineGround(server, registry)) {
      var console = new Console(ground.fleet.namespace, ground::step);
      for (var part : parts.subList(parts.indexOf(TURN) + 1, parts.size())) {
        if (part instanceof ConsoleDoc.Note note && note.name().equals("backlog")) {
          ground.world.backlog = Long.parseLong(note.value());
        } else {
          console.play(List.of(part));
        }
      }
    }
  }

  /** A shell in a namespace, beside an operator that looks when it is told to. */
  private final class Console {
    private final String namespace;
    private final Runnable look;
    private final Path folder;
    private boolean meanwhile;

    /** The kubectl of the page speaks to this server and this namespace. */
    Console(String namespace, Runnable look) throws IOException {
      this.namespace = namespace;
      this.look = look;
      this.folder = Path.of("target", "kubectl", namespace).toAbsolutePath();
      Files.createDirectories(folder);
      var script = folder.resolve("kubectl");
      Files.writeString(
          script,
          "#!/bin/sh\nexec %s --kubeconfig=%s --namespace=%s \"$@\"\n"
              .formatted(server.kubectl(), server.kubeconfig(), namespace));
      assertThat(script.toFile().setExecutable(true)).isTrue();
    }

    void play(List<ConsoleDoc.Part> parts) throws IOException, InterruptedException {
      for (var part : parts) {
        if (part instanceof ConsoleDoc.Shown file) {
          Files.writeString(folder.resolve(file.name()), file.content());
        } else if (part instanceof ConsoleDoc.Note note) {
          meanwhile = note.name().equals("meanwhile");
          for (int i = 0; !meanwhile && i < Integer.parseInt(note.value()); i++) {
            look.run();
          }
        } else if (part instanceof ConsoleDoc.Typed typed) {
          var printed = run(typed.command());
          var shown = plain(typed.printed().stream());
          if (!ConsoleDoc.matches(shown, plain(printed.lines()))) {
            assertThat(printed).as("$ %s", typed.command()).isEqualTo(String.join("\n", shown));
          }
        }
      }
    }

    private String run(String command) throws IOException, InterruptedException {
      var builder = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true);
      builder.directory(folder.toFile());
      builder.environment().merge("PATH", folder.toString(), (old, ours) -> ours + ":" + old);
      var output = folder.resolve("output").toFile();
      var process = builder.redirectOutput(output).start();
      for (int i = 0; meanwhile && process.isAlive() && i < MOST_LOOKS; i++) {
        look.run();
      }
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(command).isTrue();
      return Files.readString(output.toPath());
    }

    /** Without what differs from run to run, and with any number of spaces as one. */
    private List<String> plain(Stream<String> lines) {
      var plain = new ArrayList<String>();
      lines
          .map(line -> line.replace(namespace, "data"))
          .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "TIME"))
          .map(line -> line.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,26}", "UID"))
          .map(line -> line.replaceAll("(Resource Version: +)\\d+", "$1N"))
          .map(line -> line.replaceAll("(?<![\\w.])\\d+[smhdy](\\d+[smhd])?(?!\\w)", "AGE"))
          .map(line -> line.strip().replaceAll("\\s+", " "))
          .forEach(plain::add);
      return plain;
    }
  }
}
