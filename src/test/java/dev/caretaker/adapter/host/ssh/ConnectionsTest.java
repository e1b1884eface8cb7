package dev.caretaker.adapter.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import dev.caretaker.sandbox.hosts.HostPrograms;
import dev.caretaker.sandbox.hosts.KeyFiles;
import dev.caretaker.sandbox.keeper.FreePorts;
import dev.caretaker.testkit.RequiresSsh;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The way to a machine, to a real sshd: what may go wrong on it and what is said then. */
@RequiresSsh
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectionsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final RemoteCommand HELLO = RemoteCommand.of("echo", "hello $HOME");

  private final Machine machine;

  ConnectionsTest(HostPrograms programs, @TempDir Path directory) throws Exception {
    machine = new Machine(programs, directory);
  }

  @AfterAll
  void close() throws Exception {
    machine.close();
  }

  private Connections connections(SshSettings.Identity identity, String knownHosts) {
    return new Connections(machine.settings(machine.target(), identity, knownHosts, Machine.QUICK));
  }

  private Connections connections() throws Exception {
    return new Connections(machine.settings());
  }

  private static PortException failure(Connections connections, Target target) {
    return catchThrowableOfType(
        PortException.class, () -> connections.run(target, HELLO, PATIENCE));
  }

  private static Outcome answered(int status, String output, String errors) {
    return new Outcome.Answered(new Answer(status, output, errors));
  }

  @Test
  void shouldUseOneConnectionForManyCommands() throws Exception {
    try (var connections = connections()) {
      long before = machine.server().logins();
      for (int i = 0; i < 5; i++) {
        assertThat(connections.run(machine.target(), HELLO, PATIENCE))
            .isEqualTo(answered(0, "hello $HOME\n", ""));
      }
      var failing = RemoteCommand.of("sh", "-c", "echo no >&2; exit 7");
      assertThat(connections.run(machine.target(), failing, PATIENCE))
          .isEqualTo(answered(7, "", "no\n"));

      assertThat(connections.opened()).isEqualTo(1);
      assertThat(machine.server().logins() - before).isEqualTo(1);
    }
  }

  @Test
  void shouldServeMoreThreadsThanSshdLetsCommandsRunAtOnce() throws Exception {
    var threads = Executors.newFixedThreadPool(16);
    try (var connections = connections()) {
      var slow = RemoteCommand.of("sh", "-c", "sleep 0.2; echo done");
      var all =
          threads.invokeAll(
              Collections.nCopies(25, () -> connections.run(machine.target(), slow, PATIENCE)));
      for (var each : all) {
        assertThat(each.get()).isEqualTo(answered(0, "done\n", ""));
      }
      assertThat(connections.opened()).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void shouldGiveUpACommandThatHangs() throws Exception {
    try (var connections = connections()) {
      var hanging = RemoteCommand.of("sleep", "600");

      var outcome = connections.run(machine.target(), hanging, Duration.ofSeconds(1));

      assertThat(outcome).isInstanceOf(Outcome.Unanswered.class);
      assertThat(outcome).asString().contains("127.0.0.1", "sleep 600", "has not ended");
      assertThat(connections.run(machine.target(), HELLO, PATIENCE))
          .as("the connection is still good")
          .isInstanceOf(Outcome.Answered.class);
      assertThat(connections.opened()).isEqualTo(1);
    }
  }

  @Test
  void shouldTakeAnotherConnectionWhereGivenUpCommandsFillTheFirst() throws Exception {
    try (var connections = connections()) {
      // sshd lets ten run on a connection (MaxSessions), and these run on when we give them up.
      var hanging = RemoteCommand.of("sleep", "30");
      for (int i = 0; i < 10; i++) {
        assertThat(connections.run(machine.target(), hanging, Duration.ofMillis(50)))
            .isInstanceOf(Outcome.Unanswered.class);
      }

      assertThat(connections.run(machine.target(), HELLO, PATIENCE))
          .isEqualTo(answered(0, "hello $HOME\n", ""));
      assertThat(connections.opened()).isEqualTo(2);
    }
  }

  @Test
  void shouldBreakOffACommandThatFloods() throws Exception {
    try (var connections = connections()) {
      var outcome = connections.run(machine.target(), RemoteCommand.of("yes"), PATIENCE);
      assertThat(outcome).asString().contains("writes more than 262144 bytes");

      var errors = RemoteCommand.of("sh", "-c", "yes >&2");
      assertThat(connections.run(machine.target(), errors, PATIENCE))
          .isInstanceOf(Outcome.Unanswered.class);
      assertThat(connections.run(machine.target(), HELLO, PATIENCE))
          .isInstanceOf(Outcome.Answered.class);
    }
  }

  @Test
  void shouldTellACommandThatASignalEnded() throws Exception {
    try (var connections = connections()) {
      var killed = RemoteCommand.of("sh", "-c", "kill -9 $$");

      assertThat(connections.run(machine.target(), killed, PATIENCE).toString()).contains("KILL");
    }
  }

  @Test
  void shouldRefuseAHostKeyThatIsNotKnownOrAnother() throws Exception {
    var strange =
        KeyFiles.make(machine.programs(), machine.directory().resolve("strange"), "ed25519", "");
    var other = strange.knownHost(Machine.ADDRESS, machine.server().port());
    try (var connections = connections(machine.identity(), other)) {
      var failure = failure(connections, machine.target());
      assertThat(failure.kind()).isEqualTo(Kind.DENIED);
      assertThat(failure).hasMessageContaining("another host key").hasMessageContaining("SHA256:");
    }
    var elsewhere = strange.knownHost("10.0.0.1", 22);
    try (var connections = connections(machine.identity(), elsewhere)) {
      assertThat(failure(connections, machine.target()))
          .hasMessageContaining("is not known")
          .hasMessageContaining("127.0.0.1 port " + machine.server().port());
    }
  }

  @Test
  void shouldSayWhichKeyAMachineDoesNotAccept() throws Exception {
    var other =
        KeyFiles.make(machine.programs(), machine.directory().resolve("other"), "ed25519", "");
    var identity = new SshSettings.Identity(other.secretText(), Optional.empty());
    try (var connections = connections(identity, machine.server().knownHosts())) {
      var failure = failure(connections, machine.target());

      assertThat(failure.kind()).isEqualTo(Kind.DENIED);
      assertThat(failure)
          .hasMessageContaining("does not accept the key ssh-ed25519 SHA256:")
          .hasMessageContaining("authorized_keys");
    }
  }

  @Test
  void shouldSayWhatIsWrongWithThePrivateKey() throws Exception {
    var hosts = machine.server().knownHosts();
    var wrong = new SshSettings.Identity(machine.identity().privateKey(), Optional.of("wrong one"));
    assertThatThrownBy(() -> connections(wrong, hosts)).hasMessageContaining("passphrase");
    var none = new SshSettings.Identity("not a key", Optional.empty());
    assertThatThrownBy(() -> connections(none, hosts)).hasMessageContaining("private key");
    assertThat(machine.identity().toString()).doesNotContain("BEGIN").doesNotContain("sesame");
  }

  @Test
  void shouldTakeRsaKeysInPemFormToo() throws Exception {
    var rsa = KeyFiles.make(machine.programs(), machine.directory().resolve("rsa"), "rsa", "");

    var pair = PrivateKeys.read(new SshSettings.Identity(rsa.secretText(), Optional.empty()));

    assertThat(PrivateKeys.print(pair)).startsWith("ssh-rsa SHA256:");
  }

  @Test
  void shouldComeBackToAnSshdThatWasAway() throws Exception {
    try (var connections = connections()) {
      assertThat(connections.run(machine.target(), HELLO, PATIENCE))
          .isInstanceOf(Outcome.Answered.class);

      machine.server().kill();
      // The process of the connection itself is a child of the listener, and was killed with it.
      var failure = failure(connections, machine.target());
      assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
      assertThat(failure).hasMessageContaining("refuses connections: is sshd running there");

      machine.server().start();
      assertThat(connections.run(machine.target(), HELLO, PATIENCE))
          .isInstanceOf(Outcome.Answered.class);
      assertThat(connections.opened()).isEqualTo(2);
    }
  }

  @Test
  void shouldGoThroughAJumpHost() throws Exception {
    machine.jump().start();
    try (var connections = connections()) {
      for (int i = 0; i < 2; i++) {
        assertThat(connections.run(machine.throughJump(), HELLO, PATIENCE))
            .isEqualTo(answered(0, "hello $HOME\n", ""));
      }
      assertThat(connections.opened()).as("one to each of the two").isEqualTo(2);
      assertThat(machine.jump().logins()).isEqualTo(1);

      int closed = FreePorts.take(1).get(0);
      var behind = new Target("es", Machine.ADDRESS, closed, machine.throughJump().via());
      assertThat(failure(connections, behind))
          .hasMessageContaining("port " + closed + " through")
          .hasMessageContaining(Machine.JUMP);
    }
    try (var strict = connections(machine.identity(), machine.server().knownHosts())) {
      assertThat(failure(strict, machine.throughJump()))
          .hasMessageContaining("is not known")
          .hasMessageContaining(Machine.JUMP);
    }
    try (var strict = connections(machine.identity(), machine.jump().knownHosts())) {
      assertThat(failure(strict, machine.throughJump()))
          .hasMessageContaining("the host key of")
          .hasMessageContaining(Machine.ADDRESS + " port");
    }
  }

  @Test
  void shouldSayThatItIsClosed() throws Exception {
    var connections = connections();
    connections.close();

    assertThat(failure(connections, machine.target()).kind()).isEqualTo(Kind.UNREACHABLE);
  }
}
