package dev.caretaker.adapter.host.worker;

import dev.caretaker.adapter.host.LocalHosts;
import dev.caretaker.adapter.host.worker.WorkerScripts.Known;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction.OnWorker;
import dev.caretaker.pipeline.action.PipelineAction.RemoveFiles;
import dev.caretaker.pipeline.action.PipelineAction.RunTrial;
import dev.caretaker.pipeline.action.PipelineAction.StartProgram;
import dev.caretaker.pipeline.action.PipelineAction.StopProgram;
import dev.caretaker.pipeline.action.PipelineAction.UpdateCode;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.port.PortException;
import dev.caretaker.port.WorkerPort;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Workers that run on this machine, under the keeper that survives the operator. The keeper knows a
 * program by its worker's name, unless the program's own says {@code {worker}}.
 */
public final class LocalWorkers implements WorkerPort, AutoCloseable {
  private final LocalHosts keeper;
  private final Shell shell = new LocalShell(Duration.ofSeconds(30));
  private final WorkerScripts scripts = new WorkerScripts(SupervisorAccess.DEFAULT);

  /** Speaks to the keeper at this URL, such as {@code http://127.0.0.1:7070}. */
  public LocalWorkers(URI keeper) {
    this.keeper = new LocalHosts(keeper);
  }

  @Override
  public SortedMap<WorkerId, Observed<WorkerView>> read(
      Program program, Collection<WorkerHost> workers) {
    var views = new TreeMap<WorkerId, Observed<WorkerView>>();
    var processes = new TreeMap<WorkerId, HostProcess>();
    var questions = new LinkedHashMap<WorkerHost, String>();
    for (var worker : workers) {
      try {
        var process = process(program, worker.id());
        processes.put(worker.id(), process);
        questions.put(worker, scripts.read(Place.of(program, worker.id()), known(process)));
      } catch (PortException failed) {
        views.put(worker.id(), SupervisedWorkers.unknown(failed));
      }
    }
    shell
        .run(questions)
        .forEach(
            (worker, said) -> {
              var process = processes.get(worker);
              if (process != null) {
                views.put(worker, view(worker, process, said));
              }
            });
    return views;
  }

  private static Observed<WorkerView> view(WorkerId worker, HostProcess process, Shell.Said said) {
    try {
      var answer = WorkerAnswer.of(said);
      if (answer.text("doubt").isPresent()) {
        return Observed.unknown("on " + worker + ": git says " + answer.text("doubt").get());
      }
      var state =
          switch (process.state()) {
            case RUNNING -> WorkerView.State.RUNNING;
            case STOPPED -> WorkerView.State.STOPPED;
            case DIED -> WorkerView.State.FAILED;
          };
      return Observed.known(
          new WorkerView(
              state,
              process.incarnation(),
              process.startedAt(),
              answer.revision("revision"),
              answer.revision("started"),
              answer.cpu(),
              answer.diskUsed(),
              answer.job()));
    } catch (PortException failed) {
      return SupervisedWorkers.unknown(failed);
    }
  }

  private static NodeName name(Program program, WorkerId worker) throws PortException {
    return new NodeName(
        program.name().contains(Place.WORKER)
            ? Place.of(program, worker).program()
            : worker.value());
  }

  private HostProcess process(Program program, WorkerId worker) throws PortException {
    var read = keeper.read(name(program, worker));
    if (read instanceof Observed.Known<HostProcess> known) {
      return known.value();
    }
    throw new PortException(
        PortException.Kind.UNREACHABLE, ((Observed.Unknown<HostProcess>) read).cause());
  }

  private static Known known(HostProcess process) {
    return new Known(
        process.incarnation().orElse(""),
        process.startedAt().map(Instant::getEpochSecond).orElse(0L));
  }

  @Override
  public SortedMap<WorkerId, PortException> perform(List<OnWorker> actions) {
    var failures = new TreeMap<WorkerId, PortException>();
    for (var action : actions) {
      if (!failures.containsKey(action.worker().id())) {
        try {
          perform(action);
        } catch (PortException failed) {
          failures.put(action.worker().id(), failed);
        }
      }
    }
    return failures;
  }

  private void perform(OnWorker action) throws PortException {
    var host = action.worker();
    if (action instanceof StartProgram start) {
      start(host, start.program());
    } else if (action instanceof StopProgram stop) {
      var name = name(stop.program(), host.id());
      if (process(stop.program(), host.id()).state() == HostProcess.State.RUNNING) {
        keeper.perform(new EsAction.StopNode(name, stop.incarnation()));
      }
    } else if (action instanceof UpdateCode update) {
      run(host, scripts.update(Place.of(update.program(), host.id()), update));
    } else if (action instanceof RunTrial trial) {
      run(host, scripts.trial(Place.of(trial.program(), host.id()), trial));
    } else if (action instanceof RemoveFiles remove) {
      var place = Place.of(remove.program(), host.id());
      run(host, scripts.remove(place, known(process(remove.program(), host.id())), remove));
    }
  }

  /** The keeper starts it at once; on which code it began is only noted where we started it. */
  private void start(WorkerHost host, Program program) throws PortException {
    if (process(program, host.id()).state() == HostProcess.State.RUNNING) {
      return;
    }
    var place = Place.of(program, host.id());
    run(host, scripts.ready(place));
    keeper.perform(new EsAction.StartNode(name(program, host.id())));
    var started = process(program, host.id());
    if (started.incarnation().isPresent()) {
      run(host, scripts.note(place, known(started)));
    }
  }

  private void run(WorkerHost host, String script) throws PortException {
    for (var said : shell.run(Map.of(host, script)).values()) {
      WorkerAnswer.of(said);
    }
  }

  @Override
  public void close() {
    shell.close();
  }
}
