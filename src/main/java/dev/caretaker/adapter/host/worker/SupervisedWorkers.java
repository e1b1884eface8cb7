package dev.caretaker.adapter.host.worker;

import dev.caretaker.adapter.host.worker.Shell.Said;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Machines on which supervisord runs the program (docs/workers.md). Each question is one script, so
 * that what it says belongs together, and each change looks first whether it is the right one.
 */
public final class SupervisedWorkers implements WorkerPort, AutoCloseable {
  private final Shell shell;
  private final WorkerScripts scripts;

  SupervisedWorkers(Shell shell, SupervisorAccess access) {
    this.shell = shell;
    this.scripts = new WorkerScripts(access);
  }

  /** Machines behind sshd; connects to nothing yet. */
  public static SupervisedWorkers overSsh(SshWorkerSettings settings, SupervisorAccess access) {
    return new SupervisedWorkers(new SshShell(settings), access);
  }

  /** Machines of EC2, by Systems Manager; their names must be instance ids. */
  public static SupervisedWorkers bySsm(SsmSettings settings, SupervisorAccess access) {
    return new SupervisedWorkers(new SsmShell(SsmClients.open(settings), settings), access);
  }

  @Override
  public SortedMap<WorkerId, Observed<WorkerView>> read(
      Program program, Collection<WorkerHost> workers) {
    var views = new TreeMap<WorkerId, Observed<WorkerView>>();
    var questions = new LinkedHashMap<WorkerHost, String>();
    for (var worker : workers) {
      try {
        questions.put(worker, scripts.read(Place.of(program, worker.id())));
      } catch (PortException refused) {
        views.put(worker.id(), unknown(refused));
      }
    }
    shell.run(questions).forEach((worker, said) -> views.put(worker, view(program, worker, said)));
    return views;
  }

  private static Observed<WorkerView> view(Program program, WorkerId worker, Said said) {
    try {
      var place = Place.of(program, worker);
      var answer = WorkerAnswer.of(said);
      var state = GroupState.of(place.program(), answer.status());
      if (state instanceof Observed.Unknown<WorkerView.State> unknown) {
        return Observed.unknown("on " + worker + ": " + unknown.cause());
      }
      if (answer.text("doubt").isPresent()) {
        return Observed.unknown("on " + worker + ": git says " + answer.text("doubt").get());
      }
      if (answer.values().containsKey("incarnation") && answer.text("incarnation").isEmpty()) {
        return Observed.unknown(
            "on " + worker + ": a process is between two states; the next look tells");
      }
      return state.map(each -> view(each, answer));
    } catch (PortException failed) {
      return unknown(failed);
    }
  }

  private static WorkerView view(WorkerView.State state, WorkerAnswer answer) {
    return new WorkerView(
        state,
        answer.text("incarnation"),
        answer
            .text("born")
            .filter(text -> text.matches("\\d{1,12}"))
            .map(text -> Instant.ofEpochSecond(Long.parseLong(text))),
        answer.revision("revision"),
        answer.revision("started"),
        answer.cpu(),
        answer.diskUsed(),
        answer.job());
  }

  static Observed<WorkerView> unknown(PortException failed) {
    return Observed.unknown(String.valueOf(failed.getMessage()));
  }

  @Override
  public SortedMap<WorkerId, PortException> perform(List<OnWorker> actions) {
    var failures = new TreeMap<WorkerId, PortException>();
    for (var round : rounds(actions)) {
      var orders = new LinkedHashMap<WorkerHost, String>();
      round.forEach(
          (worker, action) -> {
            if (!failures.containsKey(worker.id())) {
              order(action, orders, failures);
            }
          });
      shell.run(orders).forEach((worker, said) -> judge(worker, said, failures));
    }
    return failures;
  }

  /** What one machine is asked for comes in its order; machines do not wait for each other. */
  static List<Map<WorkerHost, OnWorker>> rounds(List<OnWorker> actions) {
    var rounds = new ArrayList<Map<WorkerHost, OnWorker>>();
    for (var action : actions) {
      var free = rounds.stream().filter(round -> !round.containsKey(action.worker())).findFirst();
      var round =
          free.orElseGet(
              () -> {
                rounds.add(new LinkedHashMap<>());
                return rounds.get(rounds.size() - 1);
              });
      round.put(action.worker(), action);
    }
    return rounds;
  }

  private void order(
      OnWorker action, Map<WorkerHost, String> orders, Map<WorkerId, PortException> failures) {
    try {
      orders.put(action.worker(), script(action));
    } catch (PortException refused) {
      failures.put(action.worker().id(), refused);
    }
  }

  private String script(OnWorker action) throws PortException {
    var worker = action.worker().id();
    if (action instanceof StartProgram start) {
      return scripts.start(Place.of(start.program(), worker));
    }
    if (action instanceof StopProgram stop) {
      return scripts.stop(Place.of(stop.program(), worker), stop.incarnation());
    }
    if (action instanceof UpdateCode update) {
      return scripts.update(Place.of(update.program(), worker), update);
    }
    if (action instanceof RunTrial trial) {
      return scripts.trial(Place.of(trial.program(), worker), trial);
    }
    if (action instanceof RemoveFiles remove) {
      return scripts.remove(Place.of(remove.program(), worker), remove);
    }
    throw new IllegalStateException("nobody knows how to do " + action);
  }

  static void judge(WorkerId worker, Said said, Map<WorkerId, PortException> failures) {
    try {
      WorkerAnswer.of(said);
    } catch (PortException failed) {
      failures.put(
          worker,
          new PortException(failed.kind(), "on " + worker + ": " + failed.getMessage(), failed));
    }
  }

  /** Breaks off what is under way. */
  @Override
  public void close() {
    shell.close();
  }
}
