package dev.caretaker.world.pipeline;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.OnWorker;
import dev.caretaker.pipeline.model.Program;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.WorkerHost;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.port.PortException;
import dev.caretaker.port.WorkerPort;
import dev.caretaker.world.pipeline.Chance.Mishap;
import dev.caretaker.world.pipeline.WorkMachine.Job;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The machines of a simulated platform, each asked over its own line. */
public final class PlatformWorkers implements WorkerPort {
  private static final Duration HANGS = Duration.ofDays(1);

  private final Platform platform;

  /** A port. */
  public PlatformWorkers(Platform platform) {
    this.platform = platform;
  }

  @Override
  public SortedMap<WorkerId, Observed<WorkerView>> read(
      Program program, Collection<WorkerHost> workers) {
    var views = new TreeMap<WorkerId, Observed<WorkerView>>();
    for (var worker : workers) {
      views.put(
          worker.id(),
          answering(worker.id())
              .map(machine -> Observed.known(machine.view()))
              .orElse(Observed.unknown("no answer from " + worker.id())));
    }
    return views;
  }

  private Optional<WorkMachine> answering(WorkerId id) {
    return platform.supply().find(id).filter(each -> each.answers(platform.instant()));
  }

  @Override
  public SortedMap<WorkerId, PortException> perform(List<OnWorker> actions) {
    var failures = new TreeMap<WorkerId, PortException>();
    for (var action : actions) {
      try {
        perform(action);
      } catch (PortException failure) {
        failures.put(action.worker().id(), failure);
      }
    }
    return failures;
  }

  /** Makes one change on one machine. */
  public void perform(OnWorker action) throws PortException {
    var id = action.worker().id();
    var machine = answering(id);
    if (machine.isEmpty()) {
      throw new PortException(PortException.Kind.UNREACHABLE, "no answer from " + id);
    }
    perform(machine.get(), action);
  }

  private void perform(WorkMachine machine, OnWorker action) throws PortException {
    if (action instanceof PipelineAction.StartProgram) {
      machine.startForOperator(platform.instant());
    } else if (action instanceof PipelineAction.StopProgram stop) {
      stop(machine, stop.incarnation());
    } else if (action instanceof PipelineAction.UpdateCode update) {
      update(machine, update);
    } else if (action instanceof PipelineAction.RunTrial trial) {
      begin(machine, trial.job(), 2, 10, true, Optional.empty(), tables(trial));
    } else if (action instanceof PipelineAction.RemoveFiles) {
      remove(machine);
    }
  }

  private static void stop(WorkMachine machine, String incarnation) throws PortException {
    if (machine.runs() && !machine.incarnation().equals(incarnation)) {
      throw refused("another run of the program: " + machine.incarnation());
    }
    machine.stop();
  }

  private void update(WorkMachine machine, PipelineAction.UpdateCode update) throws PortException {
    var wanted = update.code().revision();
    begin(machine, update.job(), 1, 4, platform.has(wanted), Optional.of(wanted), List.of());
  }

  private void begin(
      WorkMachine machine,
      String id,
      int least,
      int most,
      boolean can,
      Optional<Revision> brings,
      List<TableName> stores)
      throws PortException {
    if (machine.job().filter(each -> each.id.equals(id)).isPresent()) {
      return;
    }
    if (machine.runningJob().isPresent()) {
      throw refused("the job " + machine.runningJob().get() + " runs on " + machine.id());
    }
    var chance = platform.chance();
    boolean well = can && !chance.of(Mishap.JOB_FAILS);
    var takes =
        chance.of(Mishap.JOB_HANGS)
            ? HANGS
            : Duration.ofSeconds(chance.between(60 * least, 60 * most));
    machine.begin(new Job(id, platform.instant().plus(takes), well, brings, stores));
  }

  /** The tables that a trial's command names. */
  private static List<TableName> tables(PipelineAction.RunTrial trial) {
    return List.of(trial.command().split(" ")).stream().skip(1).map(TableName::new).toList();
  }

  private static void remove(WorkMachine machine) throws PortException {
    if (!machine.runs()) {
      throw refused("nobody knows since when the program runs");
    }
    machine.fill(0.4);
  }

  private static PortException refused(String what) {
    return new PortException(PortException.Kind.REFUSED, what);
  }
}
