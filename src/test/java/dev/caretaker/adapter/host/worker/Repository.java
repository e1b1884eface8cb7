package dev.caretaker.adapter.host.worker;

import dev.caretaker.pipeline.model.Code;
import dev.caretaker.pipeline.model.Revision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/** A repository as a team has it, made by the real git. */
record Repository(Path directory) {

  static Repository make(Path directory) throws IOException {
    Files.createDirectories(directory);
    var repository = new Repository(directory);
    repository.git("init", "-q", "-b", "main");
    return repository;
  }

  /** Commits a file on the branch that is checked out. */
  Revision commit(String file, String text) throws IOException {
    Files.writeString(directory.resolve(file), text);
    git("add", file);
    git("-c", "user.name=t", "-c", "user.email=t@example.com", "commit", "-q", "-m", "change");
    return new Revision(git("rev-parse", "HEAD"));
  }

  String git(String... words) throws IOException {
    var command = new ArrayList<>(List.of("git", "-C", directory.toString()));
    command.addAll(List.of(words));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    var said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    try {
      if (process.waitFor() != 0) {
        throw new IOException(command + ": " + said);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return said;
  }

  Code code(Revision revision) {
    return code("main", revision);
  }

  Code code(String branch, Revision revision) {
    return new Code(
        directory.toUri().toString(),
        branch,
        revision,
        1,
        OptionalDouble.empty(),
        Duration.ofMinutes(10),
        Code.OnFailure.REPORT);
  }

  static Optional<String> text(Path file) throws IOException {
    return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
  }
}
