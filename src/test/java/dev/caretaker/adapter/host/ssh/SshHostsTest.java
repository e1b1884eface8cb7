package dev.caretaker.adapter.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import dev.caretaker.sandbox.hosts.HostPrograms;
import dev.caretaker.testkit.RequiresSsh;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** What the operator asks of a machine, on a real one. */
@RequiresSsh
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SshHostsTest {
  private static final NodeName RUNS = new NodeName("runs");
  private static final NodeName STUBBORN = new NodeName("stubborn");
  private static final NodeName FAILS = new NodeName("fails");
  private static final NodeName NO_SUCH = new NodeName("nosuch");

  private final Machine machine;
  private final SshHosts hosts;

  SshHostsTest(HostPrograms programs, @TempDir Path directory) throws Exception {
    machine = new Machine(programs, directory);
    hosts = new SshHosts(machine.settings());
  }

  @AfterAll
  void close() throws Exception {
    hosts.close();
    machine.close();
  }

  private HostProcess process(NodeName node) {
    return hosts.read(node).ifKnown().orElseThrow(() -> new AssertionError(hosts.read(node)));
  }

  private void start(NodeName node) throws PortException {
    hosts.perform(new EsAction.StartNode(node));
  }

  private void stop(NodeName node, String incarnation) throws PortException {
    hosts.perform(new EsAction.StopNode(node, incarnation));
  }

  private PortException failure(SshHosts hosts, EsAction.OnHost action) {
    return catchThrowableOfType(PortException.class, () -> hosts.perform(action));
  }

  @Test
  void shouldStartAndStopTheIncarnationThatWasMeant() throws Exception {
    assertThat(process(RUNS).state()).isEqualTo(HostProcess.State.STOPPED);
    assertThat(process(RUNS).diskTotal()).isPresent();
    assertThat(process(RUNS).diskFree()).isPresent();

    start(RUNS);
    var first = process(RUNS);
    assertThat(first.running()).isTrue();
    assertThat(first.startedAt().orElseThrow())
        .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5));
    start(RUNS);
    assertThat(process(RUNS).incarnation()).isEqualTo(first.incarnation());

    stop(RUNS, first.incarnation().orElseThrow());
    assertThat(process(RUNS).state()).isEqualTo(HostProcess.State.STOPPED);
    assertThat(process(RUNS).incarnation()).isEmpty();
    stop(RUNS, first.incarnation().orElseThrow());

    start(RUNS);
    assertThat(process(RUNS).incarnation()).isPresent().isNotEqualTo(first.incarnation());
    var refused = failure(hosts, new EsAction.StopNode(RUNS, first.incarnation().orElseThrow()));
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused).hasMessageContaining("another incarnation");
    assertThat(process(RUNS).running()).isTrue();

    machine.supervisord().kill("runs");
    assertThat(process(RUNS).state()).isEqualTo(HostProcess.State.DIED);
    assertThat(machine.server().logins()).isEqualTo(1);
  }

  @Test
  void shouldLeaveAStopUnderWayToTheSupervisor() throws Exception {
    var impatient =
        new SshSettings.Timeouts(
            Machine.QUICK.connect(),
            Machine.QUICK.login(),
            Machine.QUICK.command(),
            Duration.ofSeconds(3));
    var given = machine.settings();
    try (var hurried =
        new SshHosts(
            machine.settings(machine.target(), given.identity(), given.knownHosts(), impatient))) {
      start(STUBBORN);
      var is = process(STUBBORN).incarnation().orElseThrow();

      // It takes a minute to be killed; the supervisor is asked instead, and says STOPPING.
      hurried.perform(new EsAction.StopNode(STUBBORN, is));

      assertThat(process(STUBBORN).running()).as("a process that is stopping still lives").isTrue();
      assertThat(process(STUBBORN).incarnation()).hasValue(is);
      assertThat(failure(hurried, new EsAction.StartNode(STUBBORN)))
          .hasMessageContaining("is still stopping");
      hurried.perform(new EsAction.StopNode(STUBBORN, is));
      machine.supervisord().kill("stubborn");
      assertThat(process(STUBBORN).state()).isEqualTo(HostProcess.State.STOPPED);
    }
  }

  @Test
  void shouldSayWhyAProgramDoesNotStart() throws Exception {
    var failure = failure(hosts, new EsAction.StartNode(FAILS));

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure)
        .hasMessageContaining("tail es:fails stderr")
        .hasMessageContaining("127.0.0.1");
    assertThat(process(FAILS).state()).isEqualTo(HostProcess.State.DIED);
    stop(FAILS, "1@1.aaaaaaaa");
  }

  @Test
  void shouldReadSeveralAtOnceAndNameWhatIsMissing() {
    var all = hosts.readAll(Set.of(RUNS, FAILS, NO_SUCH, new NodeName("unlisted")));

    assertThat(all).hasSize(4);
    assertThat(all.get(NO_SUCH)).asString().contains("knows no program es:nosuch");
    assertThat(all.get(new NodeName("unlisted"))).asString().contains("no address for unlisted");
    assertThat(all.get(RUNS)).isInstanceOf(Observed.Known.class);
    assertThat(hosts.connectionsOpened()).isEqualTo(1);
  }

  @Test
  void shouldTellTheTimeThereAndWhoMayRestart() throws Exception {
    assertThat(hosts.clock(RUNS).ifKnown().orElseThrow())
        .isBetween(Instant.now().minusSeconds(60), Instant.now().plusSeconds(1));
    assertThat(hosts.mayRestart(RUNS)).isEqualTo(Observed.known(true));
    assertThat(hosts.clock(new NodeName("unlisted"))).asString().contains("no address");
  }

  @Test
  @Order(Integer.MAX_VALUE)
  void neverTakesALostSocketForAStoppedProgram() throws Exception {
    machine.loseSocket();

    assertThat(hosts.read(RUNS))
        .isInstanceOf(Observed.Unknown.class)
        .asString()
        .contains("supervisor.sock no such file", "127.0.0.1", "keep it out of /tmp");
    var stop = failure(hosts, new EsAction.StopNode(RUNS, "1@1.aaaaaaaa"));
    assertThat(stop.kind()).isEqualTo(Kind.REFUSED);
    assertThat(stop).hasMessageContaining("nothing was done");
  }
}
