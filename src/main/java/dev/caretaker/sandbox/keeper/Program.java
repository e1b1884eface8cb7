package dev.caretaker.sandbox.keeper;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One program of the keeper and its process, if there is one. */
final class Program {

  private static final Logger log = LoggerFactory.getLogger(Program.class);

  /** How long a process may take to obey SIGTERM before it is killed. */
  private static final Duration GRACE = Duration.ofSeconds(60);

  private final ProgramSpec spec;
  private final PidFile pidFile;

  private Optional<Process> process = Optional.empty();
  private ProgramState state = new ProgramState.NeverStarted();
  private boolean stopAsked;
  private boolean startAfterwards;
  private boolean retired;

  Program(ProgramSpec spec, PidFile pidFile) {
    this.spec = spec;
    this.pidFile = pidFile;
  }

  ProgramSpec spec() {
    return spec;
  }

  synchronized ProgramState state() {
    return state;
  }

  /** Starts it unless it runs; while it is still stopping, the start follows when it is gone. */
  synchronized void start() throws IOException {
    if (retired) {
      throw new IllegalStateException("the keeper of " + spec.name() + " is closed");
    }
    if (process.isPresent()) {
      startAfterwards = stopAsked;
      return;
    }
    launch();
  }

  /** Asks the process named by {@code token} to end. */
  synchronized StopAnswer stop(String token) {
    if (!(state instanceof ProgramState.Running running)) {
      return StopAnswer.NOT_RUNNING;
    }
    if (!running.token().equals(token)) {
      return StopAnswer.OTHER_INCARNATION;
    }
    terminate();
    return StopAnswer.STOPPING;
  }

  /** Ends it and refuses every later start. */
  synchronized void retire() {
    retired = true;
    terminate();
  }

  /** The living process, for signals that are sent outside the lock. */
  synchronized Optional<Process> process() {
    return process;
  }

  /** Waits until there is no process; false when {@code patience} ran out first. */
  synchronized boolean awaitGone(Duration patience) throws InterruptedException {
    long end = System.nanoTime() + patience.toNanos();
    while (process.isPresent()) {
      long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
      if (left <= 0) {
        return false;
      }
      wait(left);
    }
    return true;
  }

  private void launch() throws IOException {
    Files.createDirectories(spec.directory());
    Optional<Path> logs = Optional.ofNullable(spec.log().getParent());
    if (logs.isPresent()) {
      Files.createDirectories(logs.get());
    }
    ProcessBuilder builder =
        new ProcessBuilder(spec.command())
            .directory(spec.directory().toFile())
            .redirectErrorStream(true)
            // No pipe to the keeper: a program outlives a killed keeper undisturbed.
            .redirectInput(Redirect.from(new File("/dev/null")))
            .redirectOutput(Redirect.appendTo(spec.log().toFile()));
    builder.environment().putAll(spec.environment());
    Process started = builder.start();
    Instant startedAt = started.info().startInstant().orElseGet(Instant::now);
    pidFile.write(started.pid(), startedAt);
    process = Optional.of(started);
    state = new ProgramState.Running(started.pid(), startedAt);
    stopAsked = false;
    startAfterwards = false;
    var unused = started.onExit().thenAccept(this::ended);
  }

  private void terminate() {
    startAfterwards = false;
    if (stopAsked || process.isEmpty()) {
      return;
    }
    stopAsked = true;
    Process asked = process.orElseThrow();
    asked.destroy();
    Executor later = CompletableFuture.delayedExecutor(GRACE.toSeconds(), TimeUnit.SECONDS);
    later.execute(() -> killIfAlive(asked));
  }

  private void killIfAlive(Process asked) {
    if (asked.isAlive()) {
      log.warn("{} did not stop within {} s and is killed", spec.name(), GRACE.toSeconds());
      ProcessTree.kill(asked.toHandle());
    }
  }

  private synchronized void ended(Process gone) {
    int code = gone.exitValue();
    state =
        stopAsked
            ? new ProgramState.Stopped(code, Instant.now())
            : new ProgramState.Exited(code, Instant.now());
    process = Optional.empty();
    try {
      pidFile.delete();
      if (startAfterwards) {
        launch();
      }
    } catch (IOException e) {
      log.error("{} could not be started again", spec.name(), e);
    }
    notifyAll();
  }
}
