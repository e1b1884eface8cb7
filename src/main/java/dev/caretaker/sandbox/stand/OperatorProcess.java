package dev.caretaker.sandbox.stand;

import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.ProgramSpec;
import dev.caretaker.sandbox.keeper.ProgramState;
import dev.caretaker.sandbox.kubernetes.PrivateFile;
import dev.caretaker.sandbox.recorder.Journal;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The operator as a process of its own, so that it can be killed. */
public final class OperatorProcess implements AutoCloseable {

  private static final String NAME = "operator";
  private static final Duration STOPPING = Duration.ofSeconds(20);

  private final Keeper keeper;
  private final Path log;
  private final Journal journal;
  private final Runnable endStreams;

  /**
   * Prepares it, and starts nothing yet.
   *
   * @param environment beside what it inherits
   * @param metricsPort of the loopback address
   * @param endStreams ends what a dead process has left open
   */
  public OperatorProcess(
      Path directory,
      OperatorAccess access,
      Map<String, String> environment,
      int metricsPort,
      Journal journal,
      Runnable endStreams)
      throws IOException, InterruptedException {
    this.keeper = Keeper.open(directory);
    this.log = directory.resolve("operator.log");
    this.journal = journal;
    this.endStreams = endStreams;
    var kubeconfig = directory.resolve("kubeconfig");
    PrivateFile.write(kubeconfig, access.kubeconfig());
    Files.deleteIfExists(log);
    var all = new TreeMap<>(environment);
    all.put("KUBECONFIG", kubeconfig.toString());
    keeper.add(
        new ProgramSpec(NAME, command(access.arguments(), metricsPort), all, directory, log));
  }

  /** What it writes. */
  public Path log() {
    return log;
  }

  public boolean runs() {
    return keeper.state(NAME) instanceof ProgramState.Running;
  }

  public void start() throws IOException {
    keeper.start(NAME);
  }

  /** Kills it, as kill -9 does, and returns when it is gone. */
  public void kill() throws IOException, InterruptedException {
    keeper.kill(NAME);
    journal.newGeneration();
    endStreams.run();
  }

  /** Asks it to end in good order, and returns when it has. */
  public void stop() throws IOException, InterruptedException {
    if (keeper.state(NAME) instanceof ProgramState.Running running) {
      keeper.stop(NAME, running.token());
      if (!keeper.awaitGone(NAME, STOPPING)) {
        throw new IOException("the operator did not end within " + STOPPING.toSeconds() + " s");
      }
    }
    journal.newGeneration();
    endStreams.run();
  }

  /** The last lines of its log. */
  public List<String> lastLines(int count) throws IOException {
    if (!Files.exists(log)) {
      return List.of();
    }
    var lines = new String(Files.readAllBytes(log), StandardCharsets.UTF_8).lines().toList();
    return lines.subList(Math.max(0, lines.size() - count), lines.size());
  }

  @Override
  public void close() throws IOException {
    keeper.close();
  }

  private static List<String> command(List<String> arguments, int metricsPort) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    // Small and quickly there: scenarios kill and start it hundreds of times.
    command.addAll(List.of("-XX:+UseSerialGC", "-Xmx96m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add("dev.caretaker.Main");
    command.addAll(arguments);
    command.add("--health-port=" + metricsPort);
    return command;
  }
}
