package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.pipeline.Stage;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.OnWorker;
import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.world.pipeline.Platform;
import dev.caretaker.world.pipeline.Supply;
import dev.caretaker.world.pipeline.WorkMachine;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Judges changes on machines. */
final class MachineDeeds {
  private static final int NEW_TOGETHER = 10;

  private final Platform platform;
  private final Wishes wishes;
  private final Journal journal;
  private final Memory memory;
  private final Set<WorkerId> takenDown = new TreeSet<>();
  private final Map<WorkerId, Instant> outdatedSince = new HashMap<>();
  private final Map<Revision, Set<WorkerId>> blamed = new HashMap<>();
  private Set<WorkerId> seen = Set.of();

  MachineDeeds(Platform platform, Wishes wishes, Journal journal, Memory memory) {
    this.platform = platform;
    this.wishes = wishes;
    this.journal = journal;
    this.memory = memory;
  }

  /** Machines that answered the last look. */
  void seen(Set<WorkerId> answering) {
    seen = Set.copyOf(answering);
  }

  /** Since when each machine runs code that was not asked for, or cannot say which. */
  void watch() {
    for (var machine : machines()) {
      if (machine.runs() && !isRight(machine)) {
        outdatedSince.putIfAbsent(machine.id(), platform.instant());
      } else {
        outdatedSince.remove(machine.id());
      }
    }
    takenDown.removeIf(id -> supply().find(id).filter(this::isDown).isEmpty());
  }

  void forget() {
    blamed.clear();
  }

  /** One machine may be tried for it; of code that no machine can get no more is to blame. */
  void replaces(Collection<WorkerId> asked) {
    if (!asked.isEmpty() && wishes.paused) {
      journal.blame("Paused", "wants others for " + asked + " though paused");
    }
    if (platform.has(wishes.revision)) {
      return;
    }
    var all = blamed.computeIfAbsent(wishes.revision, each -> new TreeSet<>());
    all.addAll(asked);
    if (all.size() > 1) {
      journal.blame("CodeFailsNotTheMachine", "replaces " + all + " for " + wishes.revision);
    }
  }

  private boolean isDown(WorkMachine machine) {
    return machine.isAlive() && machine.isAssigned() && !machine.runs();
  }

  private boolean isRight(WorkMachine machine) {
    return machine.tellsStart() && isWanted(machine.started()) && isWanted(machine.revision());
  }

  private boolean isWanted(Optional<Revision> code) {
    return code.filter(wishes.revision::equals).isPresent();
  }

  private Supply supply() {
    return platform.supply();
  }

  private List<WorkMachine> machines() {
    return supply().machines();
  }

  void asked(OnWorker action) {
    var machine = supply().find(action.worker().id());
    if (machine.isEmpty()) {
      return;
    }
    if (action instanceof PipelineAction.StopProgram stop) {
      stopped(machine.get(), stop.incarnation());
      return;
    }
    if (action instanceof PipelineAction.RemoveFiles) {
      removed(machine.get());
      return;
    }
    judge("StrangersMachine", !machine.get().isAssigned(), action);
    if (action instanceof PipelineAction.StartProgram) {
      started(machine.get(), action);
    } else if (action instanceof PipelineAction.RunTrial trial) {
      started(machine.get(), action);
      changed(machine.get(), trial.job());
      alone(machine.get());
    } else if (action instanceof PipelineAction.UpdateCode update) {
      changed(machine.get(), update.job());
      updated(machine.get());
    }
  }

  private void started(WorkMachine machine, OnWorker action) {
    judge("WrongRevision", !isWanted(machine.revision()), action);
    boolean held = !wishes.running || platform.engine().holding.isPresent();
    judge("StartedThoughHeld", held, action);
    for (var alias : wishes.tables.stream().map(Table::alias).toList()) {
      judge("StartedWithoutTable", platform.engine().written(alias).isEmpty(), action);
    }
  }

  private void changed(WorkMachine machine, String job) {
    boolean other = machine.runningJob().filter(each -> !each.equals(job)).isPresent();
    if (machine.runs() || other) {
      journal.blame(
          "ChangedUnderneath",
          job + " begins on " + machine.id() + " beside " + machine.runningJob());
    }
  }

  private void alone(WorkMachine machine) {
    machines().stream()
        .filter(each -> !each.equals(machine) && each.isAtWork(platform.instant()))
        .filter(WorkMachine::runs)
        .findFirst()
        .ifPresent(each -> journal.blame("TrialNotAlone", each.id() + " works meanwhile"));
  }

  /** What has no code yet does no work that an update could disturb. */
  private void updated(WorkMachine machine) {
    boolean joins = machine.revision().isEmpty();
    long others =
        machines().stream()
            .filter(each -> !each.equals(machine) && !each.runs() && seen.contains(each.id()))
            .filter(each -> each.revision().isEmpty() == joins)
            .flatMap(each -> each.runningJob().stream())
            .filter(job -> job.startsWith("update-"))
            .count();
    if (others >= (joins ? Math.max(NEW_TOGETHER, wishes.atOnce) : wishes.atOnce)) {
      journal.blame("TooManyUpdates", machine.id() + " beside " + others);
    }
  }

  private void stopped(WorkMachine machine, String incarnation) {
    if (!machine.runs() || !machine.incarnation().equals(incarnation)) {
      journal.blame("StoppedBlindly", machine.id() + " does not run " + incarnation);
      return;
    }
    if (!isForUpdate(machine)) {
      return;
    }
    takenDown.add(machine.id());
    watch();
    takenDown.add(machine.id());
    if (takenDown.size() > wishes.atOnce) {
      journal.blame("TooManyDown", takenDown + ", and at once may be " + wishes.atOnce);
    }
    var since = outdatedSince.getOrDefault(machine.id(), platform.instant());
    boolean busy = machine.isBusy() && wishes.spareAboveCpu.isPresent();
    if (busy && since.plus(wishes.spareFor).isAfter(platform.instant())) {
      journal.blame("BusyStopped", machine.id() + " is busy, and is outdated since " + since);
    }
  }

  /** Else it stops because workers must not work, or not there. */
  private boolean isForUpdate(WorkMachine machine) {
    boolean holds =
        memory
            .saved()
            .step()
            .filter(step -> step.stage().holds() || step.stage() == Stage.ENDING)
            .isPresent();
    boolean held = !wishes.running || platform.engine().holding.isPresent();
    return machine.isAssigned() && !holds && !held && !isRight(machine);
  }

  private void removed(WorkMachine machine) {
    if (!machine.runs()) {
      journal.blame("RemovedBlindly", "nobody knows what " + machine.id() + " still needs");
    }
    if (!wishes.caresForDisk || machine.disk() <= 0.8) {
      journal.blame("RemovedUnasked", "the disk of " + machine.id() + " is not full");
    }
  }

  private void judge(String invariant, boolean harm, OnWorker action) {
    if (harm) {
      journal.blame(invariant, "asks " + action);
    }
  }
}
