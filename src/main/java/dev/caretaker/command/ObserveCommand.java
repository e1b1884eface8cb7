package dev.caretaker.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code caretaker observe}: records what a plan needs to know of a cluster. */
@Command(
    name = "observe",
    mixinStandardHelpOptions = true,
    exitCodeOnInvalidInput = CommandLine.ExitCode.SOFTWARE,
    description = {
      "Reads the cluster of an EsCluster once and records what it saw, for `plan --view`.",
      "Names, sizes and settings are recorded, no documents; nothing is written to the cluster."
    })
public final class ObserveCommand implements Callable<Integer> {
  @Option(
      names = {"-f", "--filename"},
      required = true,
      paramLabel = "FILE",
      description = "A file with one EsCluster.")
  private Path file = Path.of("");

  @Option(
      names = {"-o", "--output"},
      paramLabel = "FILE",
      description = "Where to write; to the terminal where none is named.")
  private @Nullable Path output;

  @Mixin private ClusterReading reading = new ClusterReading();

  @Mixin private Terminal terminal = new Terminal();

  @Override
  public Integer call() {
    try {
      var declared = Declared.read(List.of(file));
      if (declared.clusters().size() != 1) {
        throw new IOException(
            file
                + " declares "
                + declared.clusters().size()
                + " EsClusters, and a view is of one; a SpotFleet is planned on EC2 itself");
      }
      var resource = declared.clusters().get(0);
      var text = reading.read(resource, reading.care(resource)).text();
      if (output == null) {
        terminal.line(text);
      } else {
        Files.writeString(output, text + "\n");
      }
      return CommandLine.ExitCode.OK;
    } catch (IOException e) {
      return terminal.failure(String.valueOf(e.getMessage()));
    }
  }
}
