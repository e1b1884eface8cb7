package dev.caretaker.adapter.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.PortException;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.KeeperServer;
import dev.caretaker.sandbox.keeper.ProgramSpec;
import dev.caretaker.testkit.CannedServer;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real keeper with a small real process; a prepared server only for the faults. */
class LocalHostsTest {
  private static final NodeName SPOT = new NodeName("spot1");
  private static final Duration SHORT = Duration.ofMillis(300);

  private final Keeper keeper;
  private final KeeperServer server;
  private final LocalHosts hosts;

  LocalHostsTest(@TempDir Path directory) throws Exception {
    keeper = Keeper.open(directory);
    keeper.add(
        new ProgramSpec(
            SPOT.value(),
            List.of("sleep", "100"),
            Map.of(),
            directory.resolve("spot1"),
            directory.resolve("spot1.log")));
    server = new KeeperServer(keeper, 0);
    hosts = new LocalHosts(server.url());
  }

  @AfterEach
  void close() throws Exception {
    server.close();
    keeper.close();
  }

  private HostProcess process() {
    return hosts.read(SPOT).ifKnown().orElseThrow();
  }

  private String incarnation() {
    return process().incarnation().orElseThrow();
  }

  private static PortException failure(LocalHosts hosts, EsAction.OnHost action) {
    return catchThrowableOfType(PortException.class, () -> hosts.perform(action));
  }

  @Test
  void shouldStartAndStopTheIncarnationThatWasMeant() throws Exception {
    assertThat(process().state()).isEqualTo(HostProcess.State.STOPPED);
    assertThat(process().diskTotal()).isPresent();
    assertThat(process().diskFree()).isPresent();

    hosts.perform(new EsAction.StartNode(SPOT));
    assertThat(process().running()).isTrue();
    assertThat(process().startedAt()).isPresent();

    hosts.perform(new EsAction.StopNode(SPOT, incarnation()));
    keeper.awaitGone("spot1", Duration.ofSeconds(10));
    assertThat(process().state()).isEqualTo(HostProcess.State.STOPPED);
    assertThat(process().incarnation()).isEmpty();
  }

  @Test
  void neverStopsAnotherIncarnation() throws Exception {
    hosts.perform(new EsAction.StartNode(SPOT));

    var failure = failure(hosts, new EsAction.StopNode(SPOT, "1@1"));

    assertThat(failure.kind()).isEqualTo(PortException.Kind.REFUSED);
    assertThat(failure).hasMessageContaining("another incarnation");
    assertThat(process().running()).isTrue();
  }

  @Test
  void shouldTellAProcessThatDiedFromOneThatWasStopped() throws Exception {
    hosts.perform(new EsAction.StartNode(SPOT));

    keeper.kill("spot1");

    assertThat(process().state()).isEqualTo(HostProcess.State.DIED);
  }

  @Test
  void shouldSayWhyNothingIsKnown() {
    assertThat(hosts.read(new NodeName("no such")))
        .isInstanceOf(Observed.Unknown.class)
        .asString()
        .contains("no program");
    assertThat(failure(hosts, new EsAction.StartNode(new NodeName("none"))).kind())
        .isEqualTo(PortException.Kind.REFUSED);
  }

  @Test
  void shouldTellAKeeperThatIsGoneFromOneThatStalls() {
    var gone = new LocalHosts(URI.create("http://127.0.0.1:1"), SHORT);
    assertThat(gone.read(SPOT)).asString().contains("nobody listens there");
    assertThat(failure(gone, new EsAction.StartNode(SPOT)).kind())
        .isEqualTo(PortException.Kind.UNREACHABLE);

    try (var stalled = new CannedServer().stall("GET").stall("POST")) {
      var stuck = new LocalHosts(stalled.url(), SHORT);
      assertThat(stuck.read(SPOT)).isInstanceOf(Observed.Unknown.class);
      assertThat(failure(stuck, new EsAction.StopNode(SPOT, "1@1")).kind())
          .isEqualTo(PortException.Kind.UNKNOWN_OUTCOME);
    }
  }

  @Test
  void neverGuessesAState() {
    try (var strange = new CannedServer()) {
      var hosts = new LocalHosts(strange.url(), SHORT);

      strange.answer("GET /programs/spot1", 200, "{\"state\":\"DREAMING\"}");
      assertThat(hosts.read(SPOT)).asString().contains("DREAMING");

      strange.answer("GET /programs/spot1", 200, "<html>");
      assertThat(hosts.read(SPOT)).asString().contains("makes no sense");
    }
  }
}
