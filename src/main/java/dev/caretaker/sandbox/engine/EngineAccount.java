package dev.caretaker.sandbox.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The user as whom engines run: ourselves, or nobody when we are root, since engines refuse root.
 *
 * @param nobody user and group id of nobody; absent when engines run as ourselves
 */
record EngineAccount(Optional<Nobody> nobody) {

  record Nobody(int user, int group) {}

  /**
   * The account for this process.
   *
   * @throws IOException when we are root and there is no user nobody
   */
  static EngineAccount ofThisProcess() throws IOException {
    return new EngineAccount(ourId() == 0 ? Optional.of(findNobody()) : Optional.empty());
  }

  /** By a file of ours: the JDK knows the id itself only of users with an entry in passwd. */
  private static int ourId() throws IOException {
    Path file = Files.createTempFile("caretaker", ".owner");
    try {
      return (Integer) Files.getAttribute(file, "unix:uid");
    } finally {
      Files.delete(file);
    }
  }

  private static Nobody findNobody() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/etc/passwd"))) {
      return lines
          .filter(line -> line.startsWith("nobody:"))
          .map(line -> line.split(":", -1))
          .map(parts -> new Nobody(Integer.parseInt(parts[2]), Integer.parseInt(parts[3])))
          .findFirst()
          .orElseThrow(
              () ->
                  new IOException(
                      "engines refuse to run as root and there is no user nobody:"
                          + " run this as an ordinary user"));
    }
  }

  /** The command that runs {@code command} under this account, in the same process. */
  List<String> command(List<String> command) {
    List<String> all = new ArrayList<>();
    nobody.ifPresent(
        who ->
            all.addAll(
                List.of(
                    "setpriv",
                    "--reuid=" + who.user(),
                    "--regid=" + who.group(),
                    "--clear-groups",
                    "--inh-caps=-all")));
    all.addAll(command);
    return all;
  }

  /** Hands a directory and all below it to this account. */
  void own(Path directory) throws IOException {
    if (nobody.isEmpty()) {
      return;
    }
    Nobody who = nobody.orElseThrow();
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.toList()) {
        Files.setAttribute(path, "unix:uid", who.user());
        Files.setAttribute(path, "unix:gid", who.group());
      }
    }
  }

  /** Whether this account may enter the directory and read there. */
  boolean canReach(Path directory) throws IOException {
    if (nobody.isEmpty()) {
      return Files.isReadable(directory);
    }
    Path there = directory.toRealPath();
    for (Path path = there; path != null; path = path.getParent()) {
      if (!Files.getPosixFilePermissions(path).contains(PosixFilePermission.OTHERS_EXECUTE)) {
        return false;
      }
    }
    return Files.getPosixFilePermissions(there).contains(PosixFilePermission.OTHERS_READ);
  }
}
