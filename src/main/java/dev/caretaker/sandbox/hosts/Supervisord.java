package dev.caretaker.sandbox.hosts;

import dev.caretaker.sandbox.keeper.FreePorts;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.ProcessTree;
import dev.caretaker.sandbox.keeper.ProgramSpec;
import dev.caretaker.sandbox.keeper.ProgramState;
import dev.caretaker.sandbox.keeper.Programs;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A real supervisord with programs, as a process of a keeper. All programs are known before the
 * first one is started.
 */
public final class Supervisord implements Programs {
  /** The group of all programs: {@code es:backup1} is what the operator asks for. */
  public static final String GROUP = "es";

  private static final Logger log = LoggerFactory.getLogger(Supervisord.class);
  private static final String NAME = "supervisord";
  private static final Duration STARTING = Duration.ofSeconds(60);
  private static final Duration STOPPING = Duration.ofSeconds(25);
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

  private final HostPrograms programs;
  private final Keeper keeper;
  private final SupervisordFiles files;
  private final SupervisordFiles.Door door;
  private final SupervisordDoor rpc;
  private final Map<String, ProgramSpec> specs = new TreeMap<>();
  private Optional<URI> recorder = Optional.empty();
  private boolean running;

  private Supervisord(
      HostPrograms programs, Keeper keeper, SupervisordFiles files, SupervisordFiles.Door door) {
    this.programs = programs;
    this.keeper = keeper;
    this.files = files;
    this.door = door;
    this.rpc = new SupervisordDoor(door);
  }

  /** Prepares one and starts nothing yet; the keeper is closed with it. */
  public static Supervisord prepare(HostPrograms programs, Keeper keeper, Path directory)
      throws IOException {
    byte[] secret = new byte[18];
    new SecureRandom().nextBytes(secret);
    var password = Base64.getUrlEncoder().withoutPadding().encodeToString(secret);
    var files = new SupervisordFiles(directory.toAbsolutePath());
    return new Supervisord(
        programs, keeper, files, new SupervisordFiles.Door(FreePorts.take(1).get(0), password));
  }

  /** Where it answers itself, without a path. */
  public URI url() {
    return URI.create("http://127.0.0.1:" + door.port());
  }

  /** Lets supervisorctl go through this proxy of {@link #url} instead of the socket. */
  public void supervisorctlThrough(URI proxy) {
    recorder = Optional.of(proxy);
  }

  /** A program does not outlive a supervisord that was killed: nobody would find it again. */
  @Override
  public List<String> leash() {
    return List.of("setpriv", "--pdeathsig", "TERM");
  }

  /** The file for {@code supervisorctl -c}. */
  public Path configuration() {
    return files.configuration();
  }

  public Path socket() {
    return files.socket();
  }

  /** Where it writes what it does. */
  public Path log() {
    return files.log();
  }

  /** The keeper that it is a process of. */
  public Keeper keeper() {
    return keeper;
  }

  @Override
  public void add(ProgramSpec spec) {
    if (running || specs.putIfAbsent(spec.name(), spec) != null) {
      throw new IllegalArgumentException("too late, or twice: " + spec.name());
    }
  }

  @Override
  public void start(String name) throws IOException {
    run();
    if (state(name) instanceof ProgramState.Running) {
      return;
    }
    rpc.start(GROUP + ":" + name);
  }

  /** Starts supervisord itself, where it does not run yet. */
  public synchronized void run() throws IOException {
    if (running) {
      return;
    }
    files.write(GROUP, specs.values(), door, recorder);
    keeper.add(
        new ProgramSpec(
            NAME,
            List.of(programs.supervisord().toString(), "-c", files.configuration().toString()),
            Map.of(),
            files.directory(),
            files.directory().resolve("console.log")));
    keeper.start(NAME);
    running = true;
    awaitAnswer();
  }

  private void awaitAnswer() throws IOException {
    long end = System.nanoTime() + STARTING.toNanos();
    while (true) {
      try {
        rpc.info(GROUP + ":" + specs.keySet().iterator().next());
        return;
      } catch (IOException notYet) {
        if (System.nanoTime() > end || !(keeper.state(NAME) instanceof ProgramState.Running)) {
          throw new IOException(
              "supervisord does not answer; see " + files.directory().resolve("console.log"),
              notYet);
        }
        pause();
      }
    }
  }

  private static void pause() throws IOException {
    try {
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", stopping);
    }
  }

  @Override
  public ProgramState state(String name) {
    if (!running) {
      return new ProgramState.NeverStarted();
    }
    try {
      return state(rpc.info(GROUP + ":" + name));
    } catch (IOException gone) {
      // Without supervisord there is nobody who could tell; its programs end with it.
      return new ProgramState.Exited(-1, Instant.now());
    }
  }

  private static ProgramState state(Map<String, String> info) {
    long pid = number(info, "pid");
    if (pid > 0) {
      return new ProgramState.Running(pid, Instant.ofEpochSecond(number(info, "start")));
    }
    var ended = Instant.ofEpochSecond(number(info, "stop"));
    int code = (int) number(info, "exitstatus");
    if (!"STOPPED".equals(info.get("statename"))) {
      return new ProgramState.Exited(code, ended);
    }
    return number(info, "start") == 0
        ? new ProgramState.NeverStarted()
        : new ProgramState.Stopped(code, ended);
  }

  private static long number(Map<String, String> info, String field) {
    return Optional.ofNullable(info.get(field)).map(Long::parseLong).orElse(0L);
  }

  @Override
  public List<Long> kill(String name) throws IOException, InterruptedException {
    var killed = process(name).map(ProcessTree::kill).orElse(List.of());
    long end = System.nanoTime() + STOPPING.toNanos();
    while (state(name) instanceof ProgramState.Running) {
      if (System.nanoTime() > end) {
        throw new IOException(name + " is still there after SIGKILL");
      }
      Thread.sleep(BETWEEN_LOOKS.toMillis());
    }
    return killed;
  }

  /** All of its programs stay until it ends. */
  @Override
  public List<Long> remove(String name) {
    throw new UnsupportedOperationException("supervisord keeps " + name);
  }

  @Override
  public void pause(String name) throws IOException, InterruptedException {
    ProcessTree.pause(process(name).orElseThrow());
  }

  @Override
  public void resume(String name) throws IOException, InterruptedException {
    ProcessTree.resume(process(name).orElseThrow());
  }

  private Optional<ProcessHandle> process(String name) {
    return state(name) instanceof ProgramState.Running is
        ? ProcessHandle.of(is.pid())
        : Optional.empty();
  }

  /** Stops all programs, then supervisord, then whatever else the keeper has. */
  @Override
  public void close() throws IOException {
    try {
      if (running) {
        stopPrograms();
      }
    } finally {
      keeper.close();
    }
  }

  private void stopPrograms() throws IOException {
    for (var name : specs.keySet()) {
      // A paused process sees SIGTERM only when it goes on.
      process(name).ifPresent(Supervisord::resumeQuietly);
    }
    try {
      rpc.stopAll();
    } catch (IOException gone) {
      return;
    }
    long end = System.nanoTime() + STOPPING.toNanos();
    while (System.nanoTime() < end
        && specs.keySet().stream().anyMatch(name -> process(name).isPresent())) {
      pause();
    }
    for (var name : specs.keySet()) {
      process(name).ifPresent(ProcessTree::kill);
    }
  }

  private static void resumeQuietly(ProcessHandle process) {
    try {
      ProcessTree.resume(process);
    } catch (IOException gone) {
      log.debug("{} has ended by itself", process.pid(), gone);
    } catch (InterruptedException stopping) {
      Thread.currentThread().interrupt();
    }
  }
}
