package dev.caretaker.sandbox.keeper;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Owns programs on this machine: they are its children, and it alone knows whether one was stopped
 * on request or died. One keeper at a time owns a directory; what a killed keeper left running
 * there is stopped when the next one opens it.
 */
public final class Keeper implements Programs {

  private static final Logger log = LoggerFactory.getLogger(Keeper.class);

  /**
   * An engine node with a small heap obeys SIGTERM within a few seconds, several at once in ten.
   */
  private static final Duration CLOSING = Duration.ofSeconds(25);

  private static final Duration KILLING = Duration.ofSeconds(10);
  private static final String PID_SUFFIX = ".pid";

  private final Path directory;
  private final FileChannel lock;
  private final Map<String, Program> programs = new ConcurrentSkipListMap<>();

  private Keeper(Path directory, FileChannel lock) {
    this.directory = directory;
    this.lock = lock;
  }

  /**
   * Takes over the directory and stops what an earlier, killed keeper left running.
   *
   * @throws IOException also when another keeper is alive there
   */
  public static Keeper open(Path directory) throws IOException, InterruptedException {
    FileChannel lock = lock(directory);
    stopLeftOvers(directory);
    return new Keeper(directory, lock);
  }

  /**
   * Stops what a killed keeper left running and returns the names.
   *
   * @throws IOException also when a keeper is alive there
   */
  public static List<String> cleanUp(Path directory) throws IOException, InterruptedException {
    if (!Files.isDirectory(directory)) {
      return List.of();
    }
    FileChannel lock = lock(directory);
    try {
      return stopLeftOvers(directory);
    } finally {
      lock.close();
    }
  }

  /** Takes a program into care, without starting it. */
  @Override
  public void add(ProgramSpec spec) {
    Program program = new Program(spec, new PidFile(directory.resolve(spec.name() + PID_SUFFIX)));
    if (programs.putIfAbsent(spec.name(), program) != null) {
      throw new IllegalArgumentException("there is a program " + spec.name() + " already");
    }
  }

  /** The names of all programs, sorted. */
  public List<String> names() {
    return List.copyOf(programs.keySet());
  }

  public boolean knows(String name) {
    return programs.containsKey(name);
  }

  @Override
  public ProgramState state(String name) {
    return program(name).state();
  }

  public ProgramStatus status(String name) throws IOException {
    return new ProgramStatus(name, state(name), disk(name));
  }

  public DiskSpace disk(String name) throws IOException {
    return DiskSpace.below(program(name).spec().directory());
  }

  /** Starts a program unless it runs; one that is still stopping is started when it is gone. */
  @Override
  public void start(String name) throws IOException {
    program(name).start();
  }

  /** Asks one incarnation of a program to end, and returns before it did. */
  public StopAnswer stop(String name, String token) {
    return program(name).stop(token);
  }

  /** Waits until a program has no process; false when {@code patience} ran out first. */
  public boolean awaitGone(String name, Duration patience) throws InterruptedException {
    return program(name).awaitGone(patience);
  }

  /**
   * Kills a program with all that it started, as the loss of its machine would.
   *
   * @return the ids of the processes that it had
   */
  @Override
  public List<Long> kill(String name) throws IOException, InterruptedException {
    Program program = program(name);
    List<Long> killed =
        program.process().map(process -> ProcessTree.kill(process.toHandle())).orElse(List.of());
    if (!program.awaitGone(KILLING)) {
      throw new IOException(name + " is still there " + KILLING.toSeconds() + " s after SIGKILL");
    }
    return killed;
  }

  @Override
  public List<Long> remove(String name) throws IOException, InterruptedException {
    program(name).retire();
    List<Long> killed = kill(name);
    programs.remove(name);
    return killed;
  }

  /** Freezes a program: it keeps its connections and answers nothing. */
  @Override
  public void pause(String name) throws IOException, InterruptedException {
    ProcessTree.pause(running(name));
  }

  /** Lets a frozen program go on. */
  @Override
  public void resume(String name) throws IOException, InterruptedException {
    ProcessTree.resume(running(name));
  }

  /** Stops all programs, kills those that do not obey, and gives the directory up. */
  @Override
  public void close() throws IOException {
    programs.values().forEach(Program::retire);
    long deadline = System.nanoTime() + CLOSING.toNanos();
    try {
      for (Program program : programs.values()) {
        endOf(program, deadline);
      }
    } catch (InterruptedException e) {
      programs.values().forEach(Keeper::killNow);
      Thread.currentThread().interrupt();
    } finally {
      lock.close();
    }
  }

  private static void endOf(Program program, long deadline)
      throws IOException, InterruptedException {
    Optional<Process> process = program.process();
    if (process.isEmpty()) {
      return;
    }
    // A paused process sees SIGTERM only when it goes on.
    ProcessTree.resume(process.orElseThrow().toHandle());
    if (!program.awaitGone(Duration.ofNanos(deadline - System.nanoTime()))) {
      killNow(program);
      program.awaitGone(KILLING);
    }
  }

  private static void killNow(Program program) {
    program.process().ifPresent(process -> ProcessTree.kill(process.toHandle()));
  }

  private Program program(String name) {
    @Nullable Program program = programs.get(name);
    if (program == null) {
      throw new IllegalArgumentException("no program " + name + "; there are " + programs.keySet());
    }
    return program;
  }

  private ProcessHandle running(String name) {
    return program(name)
        .process()
        .map(Process::toHandle)
        .orElseThrow(() -> new IllegalStateException(name + " is not running"));
  }

  private static FileChannel lock(Path directory) throws IOException {
    Files.createDirectories(directory);
    FileChannel channel =
        FileChannel.open(
            directory.resolve("keeper.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    if (!tryLock(channel)) {
      channel.close();
      throw new IOException(
          "another keeper is alive in " + directory + ": end it first, or name another folder");
    }
    return channel;
  }

  private static boolean tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock() != null;
    } catch (OverlappingFileLockException e) {
      // The other keeper is in this very process.
      return false;
    }
  }

  private static List<String> stopLeftOvers(Path directory)
      throws IOException, InterruptedException {
    List<Path> notes;
    try (Stream<Path> files = Files.list(directory)) {
      notes = files.filter(file -> file.toString().endsWith(PID_SUFFIX)).sorted().toList();
    }
    Map<String, ProcessHandle> leftOvers = new TreeMap<>();
    for (Path note : notes) {
      String name = note.getFileName().toString().replace(PID_SUFFIX, "");
      new PidFile(note).process().ifPresent(process -> leftOvers.put(name, process));
    }
    for (ProcessHandle leftOver : leftOvers.values()) {
      log.info("stopping process {}, which a killed keeper left", leftOver.pid());
      leftOver.destroy();
      // A paused process sees SIGTERM only when it goes on.
      ProcessTree.resume(leftOver);
    }
    for (ProcessHandle leftOver : leftOvers.values()) {
      endLeftOver(leftOver);
    }
    for (Path note : notes) {
      new PidFile(note).delete();
    }
    return List.copyOf(leftOvers.keySet());
  }

  private static void endLeftOver(ProcessHandle leftOver) throws InterruptedException {
    try {
      leftOver.onExit().get(CLOSING.toSeconds(), TimeUnit.SECONDS);
    } catch (TimeoutException | ExecutionException e) {
      log.warn("process {} did not obey SIGTERM and is killed", leftOver.pid(), e);
      ProcessTree.kill(leftOver);
    }
  }
}
