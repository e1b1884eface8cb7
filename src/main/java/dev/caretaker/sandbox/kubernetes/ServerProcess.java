package dev.caretaker.sandbox.kubernetes;

import dev.caretaker.sandbox.keeper.PidFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One server that we started: its log, and a file with its pid and start time, so that a later
 * process can stop it even if we were killed.
 */
final class ServerProcess {

  private static final Duration POLITE = Duration.ofSeconds(10);
  private static final Duration FORCED = Duration.ofSeconds(5);
  private static final int LAST_LINES = 15;

  private final String name;
  private final ProcessHandle process;
  private final PidFile pidFile;
  private final Path log;

  private ServerProcess(String name, ProcessHandle process, PidFile pidFile, Path log) {
    this.name = name;
    this.process = process;
    this.pidFile = pidFile;
    this.log = log;
  }

  /** Starts a server in a directory, where its log and pid file will be. */
  static ServerProcess start(String name, Path directory, List<String> command) throws IOException {
    var log = logIn(directory, name);
    var builder = new ProcessBuilder(detached(command));
    builder.directory(directory.toFile());
    builder.redirectErrorStream(true).redirectOutput(log.toFile());
    builder.redirectInput(Path.of("/dev/null").toFile());
    var process = builder.start().toHandle();
    var pidFile = pidFileIn(directory, name);
    pidFile.write(process.pid(), process.info().startInstant().orElseGet(Instant::now));
    return new ServerProcess(name, process, pidFile, log);
  }

  /** The server that an earlier process left running in this directory, if it still runs. */
  static Optional<ServerProcess> leftIn(Path directory, String name) throws IOException {
    var pidFile = pidFileIn(directory, name);
    if (!Files.exists(pidFile.path())) {
      return Optional.empty();
    }
    return pidFile
        .process()
        .map(process -> new ServerProcess(name, process, pidFile, logIn(directory, name)));
  }

  long pid() {
    return process.pid();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** What the server said last, for the message of a failure. */
  String lastWords() {
    try (Stream<String> lines = Files.lines(log, StandardCharsets.UTF_8)) {
      var all = lines.collect(Collectors.toCollection(ArrayList::new));
      var last = all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
      return name + " (pid " + pid() + ", log " + log + ") said last:\n" + String.join("\n", last);
    } catch (IOException e) {
      return name + " (pid " + pid() + ") left no log: " + e;
    }
  }

  /** Asks the server to end, kills it when it does not, and returns when it is gone. */
  void stop() throws IOException {
    process.destroy();
    if (!endsWithin(POLITE)) {
      process.destroyForcibly();
      if (!endsWithin(FORCED)) {
        throw new IOException(name + " (pid " + pid() + ") survived being killed");
      }
    }
    pidFile.delete();
  }

  /** Deaf to interrupts: who hurries us must not leave a server behind. */
  private boolean endsWithin(Duration limit) {
    return process
        .onExit()
        .thenApply(gone -> true)
        .completeOnTimeout(false, limit.toMillis(), TimeUnit.MILLISECONDS)
        .join();
  }

  /** A session of its own, where setsid exists: then Ctrl-C in a terminal reaches only us. */
  private static List<String> detached(List<String> command) {
    var setsid = Path.of("/usr/bin/setsid");
    if (!Files.isExecutable(setsid)) {
      return command;
    }
    return Stream.concat(Stream.of(setsid.toString()), command.stream()).toList();
  }

  private static Path logIn(Path directory, String name) {
    return directory.resolve(name + ".log");
  }

  private static PidFile pidFileIn(Path directory, String name) {
    return new PidFile(directory.resolve(name + ".pid"));
  }
}
