package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.ConsoleDoc;
import dev.caretaker.testkit.RequiresApiServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The real kubectl prints what {@code docs/kubectl.md} shows, but for times, ages and the name of
 * the namespace. The operator looks as often as the page's comments say.
 */
@RequiresApiServer
class KubectlDocTest {
  private static final Path PAGE = Path.of("docs", "kubectl.md");
  private static final String NAME = "activedata";

  /** More looks than a bounce takes; a command that needs more hangs. */
  private static final int MOST_LOOKS = 2_000;

  private final ApiServer server;
  private final CareGround ground;
  private final Path folder;

  KubectlDocTest(ApiServer server) throws IOException {
    this.server = server;
    this.ground = new CareGround(server);
    this.folder = Path.of("target", "kubectl", ground.namespace).toAbsolutePath();
  }

  /** The kubectl of the page speaks to this server and this namespace. */
  @BeforeEach
  void install() throws IOException {
    Files.createDirectories(folder);
    var script = folder.resolve("kubectl");
    Files.writeString(
        script,
        "#!/bin/sh\nexec %s --kubeconfig=%s --namespace=%s \"$@\"\n"
            .formatted(server.kubectl(), server.kubeconfig(), ground.namespace));
    assertThat(script.toFile().setExecutable(true)).isTrue();
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void shouldPrintWhatThePageShows() throws Exception {
    var meanwhile = false;
    var commands = 0;
    for (var part : ConsoleDoc.read(PAGE)) {
      if (part instanceof ConsoleDoc.Shown file) {
        Files.writeString(folder.resolve(file.name()), file.content());
      } else if (part instanceof ConsoleDoc.Note note) {
        meanwhile = note.name().equals("meanwhile");
        ground.settle(NAME, meanwhile ? 0 : Integer.parseInt(note.value()));
      } else if (part instanceof ConsoleDoc.Typed typed) {
        var printed = run(typed.command(), meanwhile);
        var shown = plain(typed.printed().stream());
        var seen = plain(printed.lines());
        if (!ConsoleDoc.matches(shown, seen)) {
          assertThat(printed).as("$ %s", typed.command()).isEqualTo(String.join("\n", shown));
        }
        commands++;
      }
    }
    assertThat(commands).isPositive();
  }

  private String run(String command, boolean meanwhile) throws IOException, InterruptedException {
    var builder = new ProcessBuilder("/bin/sh", "-c", command).redirectErrorStream(true);
    builder.directory(folder.toFile());
    builder.environment().merge("PATH", folder.toString(), (old, ours) -> ours + ":" + old);
    var output = folder.resolve("output").toFile();
    var process = builder.redirectOutput(output).start();
    for (int i = 0; meanwhile && process.isAlive() && i < MOST_LOOKS; i++) {
      ground.step(NAME);
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).as(command).isTrue();
    return Files.readString(output.toPath());
  }

  /** Without what differs from run to run, and with any number of spaces as one. */
  private List<String> plain(Stream<String> lines) {
    var plain = new ArrayList<String>();
    lines
        .map(line -> line.replace(ground.namespace, "data"))
        .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ", "TIME"))
        .map(line -> line.replaceAll("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f-]{22,26}", "UID"))
        .map(line -> line.replaceAll("(Resource Version: +)\\d+", "$1N"))
        .map(line -> line.replaceAll("(?<![\\w.])\\d+[smhdy](\\d+[smhd])?(?!\\w)", "AGE"))
        .map(line -> line.strip().replaceAll("\\s+", " "))
        .forEach(plain::add);
    return plain;
  }
}
