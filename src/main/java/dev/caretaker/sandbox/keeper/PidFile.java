package dev.caretaker.sandbox.keeper;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The note of a running process beside its files, by which the next owner finds what a killed one
 * left: process id and start time, since process ids are reused.
 */
public record PidFile(Path path) {

  /**
   * Two JVMs read the same start time differently by up to a second, since each derives it from its
   * own reading of the boot time.
   */
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  /** Writes the note so that a reader sees all of it or none. */
  public void write(long pid, Instant startedAt) throws IOException {
    Path fresh = path.resolveSibling(path.getFileName() + ".new");
    Files.writeString(fresh, pid + " " + startedAt.toEpochMilli() + "\n");
    Files.move(fresh, path, StandardCopyOption.ATOMIC_MOVE);
  }

  public void delete() throws IOException {
    Files.deleteIfExists(path);
  }

  /** The noted process, if it still lives and is the same one. */
  public Optional<ProcessHandle> process() throws IOException {
    String[] words = Files.readString(path, StandardCharsets.UTF_8).strip().split(" ", -1);
    if (words.length != 2 || !words[0].matches("\\d+") || !words[1].matches("\\d+")) {
      return Optional.empty();
    }
    Instant noted = Instant.ofEpochMilli(Long.parseLong(words[1]));
    return ProcessHandle.of(Long.parseLong(words[0]))
        .filter(process -> process.info().startInstant().filter(at -> same(at, noted)).isPresent());
  }

  private static boolean same(Instant one, Instant other) {
    return Duration.between(one, other).abs().compareTo(TOLERANCE) <= 0;
  }
}
