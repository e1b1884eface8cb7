package dev.caretaker.sandbox.hosts;

import dev.caretaker.sandbox.keeper.ProgramSpec;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The configuration of a supervisord.
 *
 * @param directory where all its files are
 */
record SupervisordFiles(Path directory) {

  private static final Set<PosixFilePermission> OURS =
      Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

  /** How to reach it from the sandbox itself. */
  record Door(int port, String password) {}

  Path configuration() {
    return directory.resolve("supervisord.conf");
  }

  Path socket() {
    return directory.resolve("supervisor.sock");
  }

  Path log() {
    return directory.resolve("supervisord.log");
  }

  /**
   * Writes it.
   *
   * @param group in which all programs are, so that they are stopped together at the end
   * @param proxy through which supervisorctl goes; by the socket where empty
   */
  void write(String group, Collection<ProgramSpec> programs, Door door, Optional<URI> proxy)
      throws IOException {
    Files.createDirectories(directory);
    var text = new StringBuilder();
    text.append(
        """
        [supervisord]
        nodaemon=true
        logfile=%1$s
        logfile_maxbytes=0
        pidfile=%2$s/supervisord.pid
        childlogdir=%2$s
        [inet_http_server]
        port=127.0.0.1:%3$d
        username=sandbox
        password=%4$s
        [rpcinterface:supervisor]
        supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface
        """
            .formatted(log(), directory, door.port(), door.password()));
    text.append(proxy.map(url -> behind(url, door)).orElseGet(this::bySocket));
    for (var program : programs) {
      text.append(section(program));
    }
    text.append("[group:%s]%nprograms=%s%n".formatted(group, names(programs)));
    // It holds the password.
    Files.deleteIfExists(configuration());
    Files.createFile(configuration(), PosixFilePermissions.asFileAttribute(OURS));
    Files.writeString(configuration(), text);
  }

  private String bySocket() {
    return """
        [unix_http_server]
        file=%1$s
        chmod=0700
        [supervisorctl]
        serverurl=unix://%1$s
        """
        .formatted(socket());
  }

  private static String behind(URI proxy, Door door) {
    return """
        [supervisorctl]
        serverurl=%s
        username=sandbox
        password=%s
        """
        .formatted(proxy, door.password());
  }

  private static String names(Collection<ProgramSpec> programs) {
    return programs.stream().map(ProgramSpec::name).collect(Collectors.joining(","));
  }

  /** Not restarted by itself: what a crash leaves is for the operator to see. */
  private static String section(ProgramSpec program) throws IOException {
    Files.createDirectories(program.directory());
    var logs = program.log().toAbsolutePath().getParent();
    if (logs != null) {
      Files.createDirectories(logs);
    }
    return """
        [program:%s]
        command=%s
        directory=%s
        environment=%s
        redirect_stderr=true
        stdout_logfile=%s
        stdout_logfile_maxbytes=0
        autostart=false
        autorestart=false
        startsecs=1
        startretries=0
        stopwaitsecs=60
        killasgroup=true
        """
        .formatted(
            program.name(),
            command(program.command()),
            program.directory(),
            environment(program),
            program.log());
  }

  private static String command(List<String> words) {
    return words.stream().map(SupervisordFiles::quoted).collect(Collectors.joining(" "));
  }

  private static String environment(ProgramSpec program) {
    return new TreeMap<>(program.environment())
        .entrySet().stream()
            .map(each -> each.getKey() + "=" + quoted(each.getValue()))
            .collect(Collectors.joining(","));
  }

  /** supervisord splits as a shell does, and fills in what stands after a percent sign. */
  private static String quoted(String word) {
    if (word.contains("\n")) {
      throw new IllegalArgumentException("supervisord.conf cannot hold a line break: " + word);
    }
    var escaped = word.replace("\\", "\\\\").replace("\"", "\\\"").replace("%", "%%");
    return "\"" + escaped + "\"";
  }
}
