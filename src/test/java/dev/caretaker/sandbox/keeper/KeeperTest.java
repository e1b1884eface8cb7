package dev.caretaker.sandbox.keeper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The keeper with small real processes. */
class KeeperTest {

  private static final Duration SOON = Duration.ofSeconds(10);

  private final Path directory;
  private final Keeper keeper;

  KeeperTest(@TempDir Path directory) throws Exception {
    this.directory = directory;
    this.keeper = Keeper.open(directory);
  }

  @AfterEach
  void close() throws IOException {
    keeper.close();
  }

  @Test
  void shouldCallAProgramStoppedThatWasAskedToStop() throws Exception {
    add("node", "exec sleep 100");
    keeper.start("node");

    StopAnswer answer = keeper.stop("node", running("node").token());

    assertThat(answer).isEqualTo(StopAnswer.STOPPING);
    assertThat(keeper.awaitGone("node", SOON)).isTrue();
    assertThat(keeper.state("node"))
        .isInstanceOfSatisfying(
            ProgramState.Stopped.class, state -> assertThat(state.exitCode()).isEqualTo(143));
    assertThat(directory.resolve("node.pid")).doesNotExist();
  }

  @Test
  void shouldCallAProgramExitedThatDiedByItself() throws Exception {
    add("node", "exit 3");

    keeper.start("node");
    keeper.awaitGone("node", SOON);

    assertThat(keeper.state("node"))
        .isInstanceOfSatisfying(
            ProgramState.Exited.class, state -> assertThat(state.exitCode()).isEqualTo(3));
  }

  @Test
  void shouldCallAProgramExitedThatSomebodyElseTerminated() throws Exception {
    add("node", "exec sleep 100");
    keeper.start("node");

    ProcessHandle.of(running("node").pid()).orElseThrow().destroy();
    keeper.awaitGone("node", SOON);

    assertThat(keeper.state("node")).isInstanceOf(ProgramState.Exited.class);
  }

  @Test
  void shouldKillAndForgetWhatItRemoves() throws Exception {
    add("node", "exec sleep 100");
    keeper.start("node");
    long pid = running("node").pid();

    assertThat(keeper.remove("node")).contains(pid);

    assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(keeper.knows("node")).isFalse();
    assertThat(directory.resolve("node.pid")).doesNotExist();
  }

  @Test
  void neverStopsAnotherIncarnationThanTheOneThatWasMeant() throws Exception {
    add("node", "exec sleep 100");
    keeper.start("node");
    String first = running("node").token();
    keeper.kill("node");
    keeper.start("node");

    StopAnswer answer = keeper.stop("node", first);

    assertThat(answer).isEqualTo(StopAnswer.OTHER_INCARNATION);
    assertThat(running("node").token()).isNotEqualTo(first);
  }

  @Test
  void shouldLeaveARunningProgramAloneWhenAskedToStartIt() throws Exception {
    add("node", "exec sleep 100");
    keeper.start("node");
    ProgramState before = keeper.state("node");

    keeper.start("node");

    assertThat(keeper.state("node")).isEqualTo(before);
  }

  @Test
  void shouldStartAgainAfterAStopThatIsUnderWay() throws Exception {
    add("node", "trap 'sleep 1; exit 0' TERM; echo ready; while :; do sleep 0.1; done");
    keeper.start("node");
    awaitOutput("node", "ready");
    String first = running("node").token();
    keeper.stop("node", first);

    keeper.start("node");

    assertThat(running("node").token()).isEqualTo(first);
    awaitOtherThan("node", first);
  }

  @Test
  void shouldKillWhatAProgramStarted() throws Exception {
    add("node", "sleep 100 & echo $!; wait");
    keeper.start("node");
    awaitOutput("node", "\n");
    long pid = Long.parseLong(Files.readString(log("node")).strip());
    ProcessHandle child = ProcessHandle.of(pid).orElseThrow();

    keeper.kill("node");

    assertThat(child.onExit()).succeedsWithin(SOON);
    assertThat(keeper.state("node"))
        .isInstanceOfSatisfying(
            ProgramState.Exited.class, state -> assertThat(state.exitCode()).isEqualTo(137));
  }

  @Test
  void shouldCloseEvenWhenAProgramIsFrozen() throws Exception {
    add("node", "exec sleep 100");
    keeper.start("node");
    ProcessHandle process = ProcessHandle.of(running("node").pid()).orElseThrow();
    keeper.pause("node");

    keeper.close();

    assertThat(process.isAlive()).isFalse();
    assertThatThrownBy(() -> keeper.start("node")).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldStopWhatAKilledKeeperLeft() throws Exception {
    Path other = directory.resolve("other");
    Files.createDirectories(other);
    Process orphan = new ProcessBuilder("sleep", "100").start();
    new PidFile(other.resolve("spot1.pid"))
        .write(orphan.pid(), orphan.info().startInstant().orElseThrow());

    List<String> stopped = Keeper.cleanUp(other);

    assertThat(stopped).containsExactly("spot1");
    assertThat(orphan.waitFor(10, TimeUnit.SECONDS)).isTrue();
    assertThat(Keeper.cleanUp(other)).isEmpty();
  }

  @Test
  void neverStopsAProcessThatOnlyHasTheSameId() throws Exception {
    Path other = directory.resolve("other");
    Files.createDirectories(other);
    Process stranger = new ProcessBuilder("sleep", "100").start();
    new PidFile(other.resolve("spot1.pid"))
        .write(stranger.pid(), Instant.parse("2020-01-01T00:00:00Z"));

    List<String> stopped = Keeper.cleanUp(other);

    assertThat(stopped).isEmpty();
    assertThat(stranger.isAlive()).isTrue();
    stranger.destroy();
  }

  @Test
  void neverSharesItsDirectoryWithALivingKeeper() {
    assertThatThrownBy(() -> Keeper.open(directory)).hasMessageContaining("another keeper");
    assertThatThrownBy(() -> Keeper.cleanUp(directory)).hasMessageContaining("another keeper");
  }

  private void add(String name, String script) {
    keeper.add(
        new ProgramSpec(
            name, List.of("sh", "-c", script), Map.of(), directory.resolve(name), log(name)));
  }

  private Path log(String name) {
    return directory.resolve(name + ".log");
  }

  private ProgramState.Running running(String name) {
    return (ProgramState.Running) keeper.state(name);
  }

  private void awaitOutput(String name, String text) throws Exception {
    for (int look = 0; look < 100; look++) {
      if (Files.exists(log(name)) && Files.readString(log(name)).contains(text)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(name + " did not write " + text);
  }

  private void awaitOtherThan(String name, String token) throws Exception {
    for (int look = 0; look < 100; look++) {
      if (keeper.state(name) instanceof ProgramState.Running now && !now.token().equals(token)) {
        return;
      }
      Thread.sleep(50);
    }
    throw new AssertionError(name + " did not start again");
  }
}
