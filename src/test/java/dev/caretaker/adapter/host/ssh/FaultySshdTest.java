package dev.caretaker.adapter.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.command.AbstractCommandSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Faults that a real sshd does not produce on request, from a server in this JVM. */
class FaultySshdTest {
  private static final NodeName NODE = new NodeName("backup1");
  private static final KeyPair KEY = key();
  private static final SshSettings.Timeouts SHORT =
      new SshSettings.Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(10),
          Duration.ofSeconds(1));

  private final SshServer server = SshServer.setUpDefaultServer();

  FaultySshdTest() {
    server.setHost("127.0.0.1");
    server.setPort(0);
    server.setKeyPairProvider(KeyPairProvider.wrap(KEY));
    server.setPublickeyAuthenticator((user, key, session) -> true);
  }

  @AfterEach
  void stop() throws IOException {
    server.stop(true);
  }

  private static KeyPair key() {
    try {
      var generator = KeyPairGenerator.getInstance("RSA");
      generator.initialize(2048);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String pem() {
    var body =
        Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(KEY.getPrivate().getEncoded());
    return "-----BEGIN PRIVATE KEY-----\n" + body + "\n-----END PRIVATE KEY-----\n";
  }

  private static SshHosts hosts(int port, SshSettings.Timeouts timeouts) {
    return hosts(Set.of(NODE), port, timeouts);
  }

  private static SshHosts hosts(Set<NodeName> nodes, int port, SshSettings.Timeouts timeouts) {
    return hosts(nodes, port, timeouts, false);
  }

  private static SshHosts hosts(
      Set<NodeName> nodes, int port, SshSettings.Timeouts timeouts, boolean sudo) {
    var target = new Target("es", "127.0.0.1", port, Optional.empty());
    var machines = nodes.stream().collect(Collectors.toMap(node -> node, node -> target));
    var process =
        new SshSettings.ProcessSettings(
            SshSettings.Kind.SUPERVISOR, "es", sudo, Optional.empty(), Optional.empty());
    var known = "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(KEY.getPublic());
    var identity = new SshSettings.Identity(pem(), Optional.empty());
    return new SshHosts(new SshSettings(machines, identity, known, process, timeouts));
  }

  private interface Answering {
    /** The output; empty where the connection shall break off instead. */
    Optional<String> to(String command) throws InterruptedException;
  }

  private SshHosts answering(Answering answering) throws IOException {
    server.setCommandFactory((channel, command) -> new Prepared(command, answering));
    server.start();
    return hosts(server.getPort(), SHORT);
  }

  private static final class Prepared extends AbstractCommandSupport {
    private final Answering answering;

    Prepared(String command, Answering answering) {
      super(command, null);
      this.answering = answering;
    }

    @Override
    public void run() {
      try {
        var output = answering.to(getCommand());
        if (output.isEmpty()) {
          getServerSession().close(true);
          return;
        }
        getOutputStream().write(output.get().getBytes(StandardCharsets.UTF_8));
        getOutputStream().flush();
        onExit(output.get().startsWith("sudo: ") ? 1 : 0);
      } catch (IOException | InterruptedException broken) {
        onExit(255, "broken");
      }
    }
  }

  private static String stat(String command) {
    var pid = command.replaceAll(".*/proc/(\\d+)/stat.*", "$1");
    return "0a1b2c3d-1111-2222-3333-444455556666\n"
        + pid
        + " (java) S 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 250 20\nbtime 1790000000\n";
  }

  @Test
  void shouldAskSudoForTheStopAndTheStartAndRunNeither() throws Exception {
    var asked = new CopyOnWriteArrayList<String>();
    var allowed = new CopyOnWriteArrayList<>(List.of("sudo -n -l supervisorctl stop es"));
    answering(
            command -> {
              asked.add(command);
              return Optional.of(allowed.contains(command) ? command : "sudo: a password\n");
            })
        .close();
    try (var hosts = hosts(Set.of(NODE), server.getPort(), SHORT, true)) {
      assertThat(hosts.mayRestart(NODE)).isEqualTo(Observed.known(false));
      allowed.add("sudo -n -l supervisorctl start es");
      assertThat(hosts.mayRestart(NODE)).isEqualTo(Observed.known(true));
    }
    assertThat(asked).allMatch(command -> command.startsWith("sudo -n -l "));
  }

  @Test
  void neverTakesATimeOutForSuccess() throws Exception {
    try (var hosts =
        answering(
            command -> {
              if (command.contains(" stop ")) {
                Thread.sleep(20_000);
              }
              return Optional.of(
                  command.startsWith("cat")
                      ? stat(command)
                      : "es   RUNNING   pid 77, uptime 0:00:03\n");
            })) {
      var is = hosts.read(NODE).ifKnown().orElseThrow().incarnation().orElseThrow();
      var failure =
          catchThrowableOfType(
              PortException.class, () -> hosts.perform(new EsAction.StopNode(NODE, is)));

      assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
      assertThat(failure).hasMessageContaining("supervisorctl stop es").hasMessageContaining("es@");
    }
  }

  @Test
  void shouldNotKnowWhatBecameOfAStopWhoseConnectionBroke() throws Exception {
    try (var hosts =
        answering(
            command ->
                command.contains(" stop ")
                    ? Optional.empty()
                    : Optional.of(
                        command.startsWith("cat")
                            ? stat(command)
                            : "es   RUNNING   pid 77, uptime 0:00:03\n"))) {
      var failure =
          catchThrowableOfType(
              PortException.class,
              () -> hosts.perform(new EsAction.StopNode(NODE, "77@250.0a1b2c3d")));

      assertThat(failure.kind()).isEqualTo(Kind.UNKNOWN_OUTCOME);
      assertThat(hosts.read(NODE)).isInstanceOf(Observed.Known.class);
    }
  }

  @Test
  void neverGuessesAState() throws Exception {
    try (var hosts = answering(command -> Optional.of("es   DREAMING\n"))) {
      assertThat(hosts.read(NODE)).asString().contains("DREAMING").contains("es@127.0.0.1");
    }
  }

  @Test
  void shouldNotKnowAStateThatNobodyTellsInTime() throws Exception {
    var quick =
        new SshSettings.Timeouts(
            SHORT.connect(), SHORT.login(), Duration.ofSeconds(1), SHORT.change());
    server.setCommandFactory((channel, command) -> new Prepared(command, FaultySshdTest::sleep));
    server.start();
    try (var hosts = hosts(server.getPort(), quick)) {
      assertThat(hosts.read(NODE))
          .isInstanceOf(Observed.Unknown.class)
          .asString()
          .contains("es@127.0.0.1", "supervisorctl status es has not ended after 1000 ms");
      var stop = new EsAction.StopNode(NODE, "77@250.0a1b2c3d");
      var failure = catchThrowableOfType(PortException.class, () -> hosts.perform(stop));
      assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
      assertThat(failure).hasMessageContaining("nothing was done");
    }
  }

  private static Optional<String> sleep(String command) throws InterruptedException {
    Thread.sleep(20_000);
    return Optional.empty();
  }

  @Test
  void shouldWaitOnceForADeadMachineHoweverManyAsk() throws Exception {
    var nodes =
        IntStream.range(0, 12)
            .mapToObj(number -> new NodeName("n" + number))
            .collect(Collectors.toSet());
    var quick =
        new SshSettings.Timeouts(
            SHORT.connect(), Duration.ofSeconds(2), SHORT.command(), SHORT.change());
    try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        var hosts = hosts(nodes, silent.getLocalPort(), quick)) {
      var began = Instant.now();

      var all = hosts.readAll(nodes);

      assertThat(all.values()).allMatch(each -> each instanceof Observed.Unknown<HostProcess>);
      assertThat(Duration.between(began, Instant.now())).isLessThan(Duration.ofSeconds(12));
    }
  }

  @Test
  void shouldGiveUpAServerThatNeverSpeaks() throws Exception {
    var quick =
        new SshSettings.Timeouts(
            Duration.ofSeconds(5), Duration.ofSeconds(1), SHORT.command(), SHORT.change());
    try (var silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
        var hosts = hosts(silent.getLocalPort(), quick)) {
      assertThat(hosts.read(NODE)).asString().contains("has not let us in within 1 s");
    }
  }
}
