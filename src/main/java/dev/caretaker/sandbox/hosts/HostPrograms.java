package dev.caretaker.sandbox.hosts;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/** The programs that make a machine which can be logged in to, with supervised processes on it. */
public record HostPrograms(Path sshd, Path keygen, Path supervisord, Path supervisorctl) {

  /** What a search came to. */
  public sealed interface Result {}

  /** They are here. */
  public record Found(HostPrograms programs) implements Result {}

  /** Some are not; the sentence says which, and how to get them. */
  public record Missing(String sentence) implements Result {}

  private static final List<String> NAMES =
      List.of("sshd", "ssh-keygen", "supervisord", "supervisorctl");

  /** The PATH of an ordinary user leaves out where sshd is. */
  private static final List<String> FOLDERS = List.of("/usr/sbin", "/usr/local/sbin", "/usr/bin");

  /** Looks on the PATH and in the usual folders. */
  public static Result find() {
    var path = System.getenv().getOrDefault("PATH", "").split(":", -1);
    return find(
        Stream.concat(Arrays.stream(path), FOLDERS.stream())
            .filter(folder -> !folder.isEmpty())
            .map(Path::of)
            .toList());
  }

  static Result find(Collection<Path> folders) {
    Map<String, Path> found = new TreeMap<>();
    for (var name : NAMES) {
      folders.stream()
          .map(folder -> folder.resolve(name))
          .filter(Files::isExecutable)
          .findFirst()
          .ifPresent(program -> found.put(name, program.toAbsolutePath()));
    }
    if (!found.keySet().containsAll(NAMES)) {
      var missing = NAMES.stream().filter(name -> !found.containsKey(name)).toList();
      return new Missing(
          "no "
              + String.join(", ", missing)
              + " on this machine; on Debian and Ubuntu:"
              + " apt-get install openssh-server supervisor");
    }
    return new Found(
        new HostPrograms(
            found.getOrDefault("sshd", Path.of("")),
            found.getOrDefault("ssh-keygen", Path.of("")),
            found.getOrDefault("supervisord", Path.of("")),
            found.getOrDefault("supervisorctl", Path.of(""))));
  }
}
