package dev.caretaker.adapter.host.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.action.PipelineAction.OnWorker;
import dev.caretaker.pipeline.action.PipelineAction.RemoveFiles;
import dev.caretaker.pipeline.action.PipelineAction.StartProgram;
import dev.caretaker.pipeline.action.PipelineAction.StopProgram;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.model.WorkerView.State;
import dev.caretaker.port.PortException;
import dev.caretaker.sandbox.keeper.Keeper;
import dev.caretaker.sandbox.keeper.KeeperServer;
import dev.caretaker.sandbox.keeper.ProgramSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a real keeper with small real processes, and the real git. */
class LocalWorkersTest {
  private static final WorkerHost ONE = host("w1");
  private static final WorkerHost OTHER = host("w2");

  private final Path directory;
  private final Keeper keeper;
  private final KeeperServer server;
  private final LocalWorkers workers;
  private final Program program;

  LocalWorkersTest(@TempDir Path directory) throws Exception {
    this.directory = directory;
    keeper = Keeper.open(directory.resolve("keeper"));
    for (var host : List.of(ONE, OTHER)) {
      var name = host.id().value();
      keeper.add(
          new ProgramSpec(
              name,
              List.of("sleep", "100"),
              Map.of(),
              directory.resolve(name),
              directory.resolve(name + ".log")));
    }
    server = new KeeperServer(keeper, 0);
    workers = new LocalWorkers(server.url());
    program = new Program("etl", Optional.of(directory + "/code-{worker}"));
  }

  @AfterEach
  void close() throws Exception {
    workers.close();
    server.close();
    keeper.close();
  }

  private static WorkerHost host(String name) {
    return new WorkerHost(new WorkerId(name), Optional.empty(), Utility.of("1"), true);
  }

  private WorkerView view(WorkerHost host) {
    var read = Objects.requireNonNull(workers.read(program, List.of(host)).get(host.id()));
    return read.ifKnown().orElseThrow(() -> new AssertionError("unknown: " + read));
  }

  private WorkerView await(WorkerHost host, Predicate<WorkerView> so) {
    for (int look = 0; look < 60; look++) {
      var view = view(host);
      if (so.test(view)) {
        return view;
      }
    }
    throw new AssertionError("never so: " + view(host));
  }

  private void perform(OnWorker action) {
    assertThat(workers.perform(List.of(action))).isEmpty();
  }

  private PortException failure(OnWorker action) {
    return Objects.requireNonNull(workers.perform(List.of(action)).get(action.worker().id()));
  }

  @Test
  void shouldKeepTheCodeOfEachWorkerApart() throws Exception {
    var repository = Repository.make(directory.resolve("repository"));
    var first = repository.code(repository.commit("etl.py", "one"));
    var second = repository.code(repository.commit("etl.py", "two"));

    assertThat(
            workers.perform(
                List.of(
                    new UpdateCode(ONE, "u1", program, first),
                    new UpdateCode(OTHER, "u1", program, second))))
        .isEmpty();
    await(ONE, view -> view.job().filter(job -> job.succeeded()).isPresent());
    await(OTHER, view -> view.job().filter(job -> job.succeeded()).isPresent());

    assertThat(view(ONE).revision()).contains(first.revision());
    assertThat(view(OTHER).revision()).contains(second.revision());
    shouldStartOnWhatStandsThere(first.revision().value());
  }

  private void shouldStartOnWhatStandsThere(String revision) {
    assertThat(view(ONE).state()).isEqualTo(State.STOPPED);
    perform(new StartProgram(ONE, program));

    var running = view(ONE);
    assertThat(running.state()).isEqualTo(State.RUNNING);
    assertThat(running.started().map(Object::toString)).contains(revision);
    assertThat(view(OTHER).state()).isEqualTo(State.STOPPED);
    assertThat(failure(new StopProgram(ONE, program, "1@1")).kind())
        .isEqualTo(PortException.Kind.REFUSED);
    perform(new StopProgram(ONE, program, running.incarnation().orElseThrow()));
    await(ONE, view -> view.state() == State.STOPPED);
  }

  @Test
  void shouldSeeAProgramThatEndedByItself() throws Exception {
    perform(new StartProgram(ONE, program));
    keeper.kill("w1");

    assertThat(view(ONE).state()).isEqualTo(State.FAILED);
  }

  @Test
  void shouldNotKnowWhatTheKeeperDoesNotKnow() {
    var stranger = host("stranger");

    assertThat(workers.read(program, List.of(ONE, stranger)).get(stranger.id()))
        .isInstanceOf(Observed.Unknown.class);
    assertThat(failure(new StartProgram(stranger, program))).isNotNull();
    assertThat(failure(new RemoveFiles(ONE, program, List.of(directory + "/*.log"))))
        .hasMessageContaining("nobody knows when");
  }
}
