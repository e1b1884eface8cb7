package dev.caretaker.adapter.host.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.host.worker.Shell.Ended;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.testkit.Moto;
import dev.caretaker.testkit.RequiresMoto;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The form of the calls, checked by a stand-in that knows SSM's; it runs no script. */
@RequiresMoto
class SsmOnMotoTest {
  private final SsmSettings settings;

  SsmOnMotoTest(Moto moto) {
    settings =
        new SsmSettings(
            Moto.REGION, Optional.of(moto.url()), Duration.ofSeconds(20), Duration.ofMillis(50));
  }

  private static WorkerHost host(int number) {
    var id = new WorkerId("i-%017d".formatted(number));
    return new WorkerHost(id, Optional.empty(), Utility.of("1"), true);
  }

  @Test
  void shouldAskOfManyMachines() throws Exception {
    var script =
        new WorkerScripts(SupervisorAccess.DEFAULT)
            .read(Place.of(new Program("etl:*", Optional.of("/srv/etl")), host(1).id()));
    var orders = new LinkedHashMap<WorkerHost, String>();
    IntStream.range(0, 60).forEach(number -> orders.put(host(number), script));

    try (var shell = new SsmShell(SsmClients.open(settings), settings)) {
      var said = shell.run(orders);

      assertThat(said).hasSize(60);
      assertThat(said.values()).containsOnly(new Ended(0, ""));
    }
    try (var client = SsmClients.open(settings)) {
      var commands = client.listCommands().commands();
      assertThat(commands).hasSize(2);
      assertThat(commands)
          .allSatisfy(
              command -> {
                assertThat(command.parameters()).containsEntry("commands", List.of(script));
                assertThat(command.timeoutSeconds()).isEqualTo(30);
              });
    }
  }

  /** The stand-in says "success" of everything; without its last word that proves nothing. */
  @Test
  void neverTakesSilenceForAnAnswer() {
    try (var workers = SupervisedWorkers.bySsm(settings, SupervisorAccess.DEFAULT)) {
      var program = new Program("etl", Optional.empty());

      var views = workers.read(program, List.of(host(1)));

      assertThat(views.toString()).contains("without its last word");
    }
  }

  @Test
  void shouldSendTheSameScriptToEveryMachine() throws Exception {
    var scripts = new WorkerScripts(SupervisorAccess.DEFAULT);
    var program = new Program("etl:*", Optional.of("/srv/etl"));

    assertThat(scripts.read(Place.of(program, host(1).id())))
        .isEqualTo(scripts.read(Place.of(program, host(2).id())))
        .doesNotContain("{{");
  }
}
