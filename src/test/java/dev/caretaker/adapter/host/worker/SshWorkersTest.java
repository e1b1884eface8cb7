package dev.caretaker.adapter.host.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.action.PipelineAction.OnWorker;
import dev.caretaker.pipeline.action.PipelineAction.RunTrial;
import dev.caretaker.pipeline.action.PipelineAction.StartProgram;
import dev.caretaker.pipeline.action.PipelineAction.StopProgram;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.model.JobView;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.pipeline.model.WorkerView.State;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import dev.caretaker.sandbox.hosts.HostPrograms;
import dev.caretaker.testkit.RequiresSsh;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Workers on forty machines, each with a real sshd, a real supervisord and the real git. */
@RequiresSsh
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshWorkersTest {
  private final Path directory;
  private final Yard yard;
  private final SupervisedWorkers workers;
  private final Program program;

  SshWorkersTest(HostPrograms programs, @TempDir Path directory) throws Exception {
    this.directory = directory;
    this.yard = new Yard(programs, directory);
    this.workers = yard.port(Duration.ofSeconds(30));
    this.program =
        new Program("es:{worker}", Optional.of(directory.resolve("code-{worker}").toString()));
  }

  @AfterAll
  void close() throws Exception {
    workers.close();
    yard.close();
  }

  private Observed<WorkerView> read(Program asked, WorkerHost worker) {
    return Objects.requireNonNull(workers.read(asked, List.of(worker)).get(worker.id()));
  }

  private WorkerView view(WorkerHost worker) {
    var read = read(program, worker);
    return read.ifKnown().orElseThrow(() -> new AssertionError("unknown: " + read));
  }

  private void perform(OnWorker action) {
    assertThat(workers.perform(List.of(action))).isEmpty();
  }

  private PortException failure(OnWorker action) {
    var failures = workers.perform(List.of(action));
    assertThat(failures).containsOnlyKeys(action.worker().id());
    return Objects.requireNonNull(failures.get(action.worker().id()));
  }

  private WorkerView await(WorkerHost worker, State state) {
    for (int look = 0; look < 60; look++) {
      // Between two states a look tells nothing.
      var view = read(program, worker).ifKnown().filter(each -> each.state() == state);
      if (view.isPresent()) {
        return view.get();
      }
    }
    throw new AssertionError(worker.id() + " never gets " + state + ": " + view(worker));
  }

  private JobView ended(WorkerHost worker) {
    for (int look = 0; look < 60; look++) {
      var job = view(worker).job();
      if (job.filter(each -> !each.isRunning()).isPresent()) {
        return job.get();
      }
    }
    throw new AssertionError("it does not end: " + view(worker));
  }

  @Test
  void shouldBringCodeToAMachineAndRunIt() throws Exception {
    var worker = Yard.worker(1);
    var repository = Repository.make(directory.resolve("repository"));
    var code = repository.code(repository.commit("etl.py", "one"));
    assertThat(view(worker).state()).isEqualTo(State.STOPPED);
    assertThat(view(worker).revision()).isEmpty();
    assertThat(view(worker).incarnation()).isEmpty();

    perform(new UpdateCode(worker, "u1", program, code));
    assertThat(ended(worker).exitCode()).hasValue(0);
    perform(new StartProgram(worker, program));

    var first = view(worker);
    assertThat(first.state()).isEqualTo(State.RUNNING);
    assertThat(first.revision()).contains(code.revision());
    assertThat(first.started()).contains(code.revision());
    assertThat(first.startedAt().orElseThrow())
        .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(5));
    perform(new StartProgram(worker, program));
    assertThat(view(worker).incarnation()).isEqualTo(first.incarnation());
    var newer = repository.code(repository.commit("etl.py", "two"));
    perform(new UpdateCode(worker, "u2", program, newer));
    ended(worker);
    assertThat(view(worker).revision()).contains(newer.revision());
    assertThat(view(worker).started()).contains(code.revision());

    shouldStopTheRunThatWasMeant(worker, first.incarnation().orElseThrow());

    perform(new StartProgram(worker, program));
    assertThat(view(worker).started()).contains(newer.revision());
    assertThat(view(worker).incarnation()).isNotEqualTo(first.incarnation());
  }

  private void shouldStopTheRunThatWasMeant(WorkerHost worker, String incarnation) {
    var refused = failure(new StopProgram(worker, program, incarnation + "0"));
    assertThat(refused.kind()).isEqualTo(Kind.REFUSED);
    assertThat(refused).hasMessageContaining("another incarnation");
    assertThat(view(worker).state()).isEqualTo(State.RUNNING);

    perform(new StopProgram(worker, program, incarnation));

    assertThat(await(worker, State.STOPPED).incarnation()).isEmpty();
    // Once more, there is nothing to stop.
    perform(new StopProgram(worker, program, incarnation));
  }

  @Test
  void shouldNotWaitForAProgramThatStopsSlowly() {
    var slow = Yard.worker("slow", "127.0.1.2");
    perform(new StartProgram(slow, program));
    var incarnation = view(slow).incarnation().orElseThrow();

    var begin = System.nanoTime();
    perform(new StopProgram(slow, program, incarnation));
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(20));

    await(slow, State.STOPPED);
  }

  @Test
  void shouldSeeAProgramThatEndsByItself() {
    var fails = Yard.worker("fails", "127.0.1.3");

    var failure = failure(new StartProgram(fails, program));

    assertThat(failure.kind()).isEqualTo(Kind.REFUSED);
    assertThat(failure).hasMessageContaining("es:fails").hasMessageContaining("ERROR");
    assertThat(view(fails).state()).isEqualTo(State.FAILED);
    assertThat(view(fails).incarnation()).isEmpty();
  }

  @Test
  void shouldSayWhatCannotBeAsked() {
    var worker = Yard.worker(4);
    assertThat(cause(read(new Program("es:nosuch", Optional.empty()), worker)))
        .contains("supervisord knows no program es:nosuch");
    assertThat(cause(read(new Program("no;such", Optional.empty()), worker)))
        .contains("no name of a program");
    var nowhere = new WorkerHost(new WorkerId("w9"), Optional.empty(), Utility.of("1"), true);
    assertThat(cause(read(program, nowhere))).contains("has no address yet");
    assertThat(failure(new StartProgram(nowhere, program)).kind()).isEqualTo(Kind.UNREACHABLE);
    var missing = failure(new StartProgram(Yard.worker("nosuch", "127.0.1.4"), program));
    assertThat(missing.kind()).isEqualTo(Kind.REFUSED);
  }

  private static String cause(Observed<WorkerView> read) {
    assertThat(read).isInstanceOf(Observed.Unknown.class);
    return ((Observed.Unknown<WorkerView>) read).cause();
  }

  @Test
  void shouldRunATrialThatOutlivesItsConnection() throws Exception {
    var worker = Yard.worker(5);
    var place = new Program("es:{worker}", Optional.of(directory.toString()));
    try (var other = yard.port(Duration.ofSeconds(30))) {
      other.perform(
          List.of(new RunTrial(worker, "t1", place, "sleep 3; echo of {worker}; exit 4")));
    }

    for (int look = 0; look < 60; look++) {
      var job = read(place, worker).ifKnown().flatMap(WorkerView::job).orElseThrow();
      if (!job.isRunning()) {
        assertThat(job).isEqualTo(new JobView("t1", OptionalInt.of(4), "of {worker}"));
        return;
      }
    }
    throw new AssertionError("the trial does not end");
  }

  @Test
  void shouldReachFortyMachinesThoughOneIsStuck() throws Exception {
    var hosts =
        new ArrayList<>(IntStream.rangeClosed(6, Yard.WORKERS).mapToObj(Yard::worker).toList());
    // It takes connections and never says a word.
    try (var stuck = new ServerSocket(yard.port(), 50, InetAddress.getByName("127.0.2.1"));
        var quick = yard.port(Duration.ofSeconds(20))) {
      hosts.add(Yard.worker("stuck", "127.0.2.1"));
      assertThat(stuck.isBound()).isTrue();

      var started =
          quick.perform(
              hosts.stream().<OnWorker>map(each -> new StartProgram(each, program)).toList());
      var begin = System.nanoTime();
      var views = quick.read(program, hosts);
      var took = Duration.ofNanos(System.nanoTime() - begin);

      assertThat(started).containsOnlyKeys(new WorkerId("stuck"));
      assertThat(views).hasSize(hosts.size());
      views.forEach(
          (worker, view) ->
              assertThat(view.ifKnown().map(WorkerView::state))
                  .as(worker + ": " + view)
                  .isEqualTo(
                      worker.value().equals("stuck")
                          ? Optional.empty()
                          : Optional.of(State.RUNNING)));
      // The one alone takes twenty seconds; one after the other they would take much longer.
      assertThat(took).isLessThan(Duration.ofSeconds(40));
      assertThat(yard.logins()).isGreaterThanOrEqualTo(Yard.WORKERS - 5);
    }
  }
}
