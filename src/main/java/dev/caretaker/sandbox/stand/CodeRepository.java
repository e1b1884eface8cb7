package dev.caretaker.sandbox.stand;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A team's Git repository with the code of its workers, which this machine's git reads and writes.
 */
public final class CodeRepository {
  /** The branch that it has. */
  public static final String BRANCH = "etl";

  private static final long PATIENCE_SECONDS = 30;
  private static final String RUN =
      """
      # What the supervisor of a worker starts, in a checkout of this repository.
      exec "$ETL_JAVA" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xmx32m -cp "$ETL_CLASSES" \\
        dev.caretaker.sandbox.worker.EtlWorker "$@"
      """;

  private final Path folder;

  private CodeRepository(Path folder) {
    this.folder = folder;
  }

  /**
   * Makes an empty one.
   *
   * @throws IOException also where this machine has no git; says so
   */
  public static CodeRepository make(Path folder) throws IOException, InterruptedException {
    Files.createDirectories(folder);
    var repository = new CodeRepository(folder);
    repository.git("init", "--quiet", "--initial-branch=" + BRANCH);
    repository.git("config", "user.name", "sandbox");
    repository.git("config", "user.email", "sandbox@localhost");
    return repository;
  }

  /** For {@code code.repository}. */
  public String url() {
    return folder.toUri().toString();
  }

  /** Commits a version of the code, and returns its revision. */
  public String commit(String properties) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("run"), RUN);
    Files.writeString(folder.resolve("etl.properties"), properties);
    git("add", "--all");
    git("commit", "--quiet", "--message", "Say what the workers do");
    return git("rev-parse", "HEAD");
  }

  /** The revision that a checkout is at. */
  public static String revisionOf(Path checkout) throws IOException, InterruptedException {
    return new CodeRepository(checkout).git("rev-parse", "HEAD");
  }

  private String git(String... words) throws IOException, InterruptedException {
    var command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(words));
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException absent) {
      throw new IOException(
          "this scenario needs git on the PATH: workers are updated by it", absent);
    }
    process.getOutputStream().close();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
      throw new IOException(String.join(" ", command) + ": " + said);
    }
    return said;
  }
}
