package dev.caretaker.sandbox.engine;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Fetches a file by running Maven itself, so that the user's mirrors, proxies and credentials apply
 * and the file stays in the local repository for the next time.
 */
final class MavenFetch {

  /** The version that the build uses too, so that it is in the local repository already. */
  private static final String COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy";

  private static final Duration BETWEEN_PROGRESS = Duration.ofSeconds(2);
  private static final int LINES_OF_A_FAILURE = 15;

  private final Artifact artifact;
  private final Consumer<String> progress;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private long lastProgress = System.nanoTime() - BETWEEN_PROGRESS.toNanos();

  MavenFetch(Artifact artifact, Consumer<String> progress) {
    this.artifact = artifact;
    this.progress = progress;
  }

  /**
   * Copies it into a directory and returns its file.
   *
   * @throws IOException with Maven's last lines when it did not succeed
   */
  Path fetch(Path directory) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
                maven(),
                COPY,
                "-Dartifact=" + artifact.coordinates(),
                "-DoutputDirectory=" + directory.toAbsolutePath())
            // Away from any pom.xml and .mvn, which would have their say.
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(Redirect.from(new File("/dev/null")));
    builder.environment().putIfAbsent("JAVA_HOME", System.getProperty("java.home"));
    Process maven = builder.start();
    // On Ctrl-C nobody comes back to the end of this method.
    Runtime.getRuntime().addShutdownHook(new Thread(maven::destroy, "stop-maven"));
    try (InputStream output = maven.getInputStream()) {
      follow(output);
      if (maven.waitFor() != 0) {
        throw new IOException(
            "Maven could not fetch "
                + artifact.coordinates()
                + ":\n"
                + String.join("\n", lastLines));
      }
    } finally {
      maven.destroy();
    }
    return directory.resolve(artifact.file());
  }

  private void follow(InputStream output) throws IOException {
    // Maven ends a line of progress with a carriage return; a BufferedReader takes it as a line.
    BufferedReader reader =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8));
    String line = reader.readLine();
    while (line != null) {
      note(line.strip());
      line = reader.readLine();
    }
  }

  private void note(String line) {
    if (line.isEmpty()) {
      return;
    }
    if (line.startsWith("Progress")) {
      noteProgress(line);
      return;
    }
    lastLines.addLast(line);
    if (lastLines.size() > LINES_OF_A_FAILURE) {
      lastLines.removeFirst();
    }
    if (line.contains(artifact.file()) && line.contains("Download")) {
      progress.accept(line);
    }
  }

  private void noteProgress(String line) {
    long now = System.nanoTime();
    // Maven's own parts are smaller.
    boolean whole = line.contains("MB");
    if (whole && now - lastProgress >= BETWEEN_PROGRESS.toNanos()) {
      lastProgress = now;
      progress.accept(line);
    }
  }

  private static String maven() throws IOException {
    List<Path> candidates = new ArrayList<>();
    Optional.ofNullable(System.getenv("MAVEN_HOME"))
        .ifPresent(home -> candidates.add(Path.of(home, "bin", "mvn")));
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    Arrays.stream(path.split(File.pathSeparator, -1))
        .filter(folder -> !folder.isEmpty())
        .forEach(folder -> candidates.add(Path.of(folder, "mvn")));
    // The wrapper of this project, for who works in it without a Maven of their own.
    for (Path up = Path.of("").toAbsolutePath(); up != null; up = up.getParent()) {
      candidates.add(up.resolve("mvnw"));
    }
    return candidates.stream()
        .filter(Files::isRegularFile)
        .filter(Files::isExecutable)
        .findFirst()
        .map(Path::toString)
        .orElseThrow(
            () -> new IOException("no mvn on the PATH and no mvnw here: install Apache Maven"));
  }
}
