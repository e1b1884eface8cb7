package dev.caretaker.world.pipeline;

import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.world.pipeline.Chance.Mishap;
import java.time.Duration;
import java.util.List;

/**
 * What programs do: receive some messages, store a document for each under an id that is derived
 * from it, send on what makes more work, and delete the message last.
 */
final class Work {
  private static final int BATCH = 10;
  private static final double BATCH_HOURS = 0.05;

  /** A cluster that recovers takes a part of what it usually takes. */
  private static final double SLOW = 0.3;

  private final Platform platform;
  private final Habit habit;

  Work(Platform platform, Habit habit) {
    this.platform = platform;
    this.habit = habit;
  }

  void tick(Duration time) {
    for (var machine : List.copyOf(platform.supply().machines())) {
      if (machine.isAtWork(platform.instant())) {
        jobs(machine);
        if (machine.runs()) {
          work(machine, time);
        }
      }
    }
  }

  private void jobs(WorkMachine machine) {
    machine
        .endJob(platform.instant())
        .filter(job -> job.succeeds)
        .ifPresent(job -> job.stores.forEach(alias -> store(machine, alias, "trial")));
  }

  private void store(WorkMachine machine, TableName alias, String document) {
    if (!platform.engine().store(alias, document, platform.instant())) {
      platform.witness().lookAlike(machine, alias.value());
    }
  }

  private void work(WorkMachine machine, Duration time) {
    if (platform.chance().of(Mishap.PROGRAM_ENDS)) {
      machine.fail();
      return;
    }
    var queue = platform.queue(habit.queue());
    if (queue.isEmpty() || !platform.engine().serving) {
      machine.busy(false);
      return;
    }
    double speed = platform.engine().recovering ? SLOW : 1;
    machine.credit +=
        habit.perUtilityHour() * machine.utility().amount() * speed * time.toSeconds() / 3600;
    machine.busy(true);
    while (machine.credit >= 1 && machine.runs()) {
      if (machine.batch.isEmpty()) {
        machine.batch.addAll(
            queue
                .get()
                .receive(batch(machine), platform.instant(), platform.deadLetters(queue.get())));
      }
      if (machine.batch.isEmpty()) {
        machine.credit = Math.min(machine.credit, 1);
        machine.busy(false);
        return;
      }
      machine.credit -= 1;
      workOn(machine, queue.get(), machine.batch.remove(0));
    }
  }

  /** What is done long before it comes back to the queue. */
  private int batch(WorkMachine machine) {
    double soon = habit.perUtilityHour() * machine.utility().amount() * BATCH_HOURS;
    return (int) Math.max(1, Math.min(BATCH, soon));
  }

  private void workOn(WorkMachine machine, SimQueue queue, Message message) {
    boolean late = message.visibleAt.isBefore(platform.instant());
    if (late || habit.isUnworkable(message.document)) {
      return;
    }
    habit.tables(machine.started()).forEach(alias -> store(machine, alias, message.document));
    platform.witness().stored(message.document);
    if (habit.isSentOn(message.document)) {
      platform.send(queue.name(), message.document + "+", Duration.ZERO);
      if (platform.chance().of(Mishap.DIES_AFTER_SENDING_ON)) {
        machine.die();
        return;
      }
    }
    if (platform.chance().of(Mishap.DIES_BEFORE_DELETING)) {
      machine.die();
      return;
    }
    queue.delete(message, platform.instant());
  }
}
