package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.BucketState;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.policy.PipelinePolicy.Deletion;
import dev.caretaker.world.pipeline.Platform;
import dev.caretaker.world.pipeline.SimQueue;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.Set;

/** Sees every change at the moment it is asked for, and judges it by what is true then. */
final class Deeds {
  /** SQS counts are right about a minute after traffic stops, and a look may be stale. */
  private static final Duration SETTLED = Duration.ofMinutes(4);

  private static final int LOOKS = 9;

  private final Platform platform;
  private final Wishes wishes;
  private final Journal journal;
  private final MachineDeeds machines;
  private final TableDeeds tables;
  private final Deque<Long> backlogs = new ArrayDeque<>();

  Deeds(Platform platform, Wishes wishes, Journal journal, Memory memory) {
    this.platform = platform;
    this.wishes = wishes;
    this.journal = journal;
    this.machines = new MachineDeeds(platform, wishes, journal, memory);
    this.tables = new TableDeeds(platform, wishes, journal);
  }

  /** Notes what is true before somebody looks. */
  void watch() {
    machines.watch();
    backlogs.addLast(backlog());
    if (backlogs.size() > LOOKS) {
      backlogs.removeFirst();
    }
  }

  /** The fleet is asked for others in the place of these. */
  void replaces(Collection<WorkerId> asked) {
    machines.replaces(asked);
  }

  /** The status is lost, and with it on which machines a revision failed. */
  void forget() {
    machines.forget();
  }

  /** Machines that answered the last look. */
  void seen(Set<WorkerId> answering) {
    machines.seen(answering);
  }

  private long backlog() {
    return platform.queue(Wishes.QUEUE).map(SimQueue::backlog).orElse(0L);
  }

  void asked(PipelineAction action) {
    if (wishes.paused && !restores(action)) {
      journal.blame("Paused", "asks " + action + " though paused");
    }
    if (!wishes.others.isEmpty() && !(action instanceof PipelineAction.StopProgram)) {
      journal.blame("TwoOwners", "asks " + action + " beside " + wishes.others);
    }
    if (action instanceof PipelineAction.OnWorker onWorker) {
      machines.asked(onWorker);
    } else if (action instanceof PipelineAction.OnTable onTable) {
      tables.asked(onTable);
    } else {
      queuesAndBuckets(action);
    }
  }

  private static boolean restores(PipelineAction action) {
    return action instanceof PipelineAction.StartProgram
        || action instanceof PipelineAction.UpdateCode
        || action instanceof PipelineAction.CreateIndex
        || action instanceof PipelineAction.WriteTo;
  }

  private void queuesAndBuckets(PipelineAction action) {
    if (action instanceof PipelineAction.CreateQueue create) {
      judge("Unasked", !wishes.create, action);
      judge("MadeUnseen", platform.queue(create.queue()).isPresent(), action);
    } else if (action instanceof PipelineAction.CreateBucket create) {
      judge("Unasked", !wishes.createBucket, action);
      judge("MadeUnseen", platform.bucket(create.bucket()) != BucketState.ABSENT, action);
    } else if (action instanceof PipelineAction.DeleteQueue delete) {
      judge("DeletedUnasked", !isDeletionAsked(), action);
      judge(
          "DeletedFull",
          platform.queue(delete.queue()).filter(this::holdsForLong).isPresent(),
          action);
    } else if (action instanceof PipelineAction.DeleteBucket) {
      judge("DeletedUnasked", !isDeletionAsked(), action);
    } else if (action instanceof PipelineAction.SendObjects) {
      long least = backlogs.stream().mapToLong(Long::longValue).min().orElse(0);
      long most = wishes.backfill.map(each -> (long) each.onlyBelow()).orElse(-1L);
      judge("BackfillTooEarly", least > most, action);
    }
  }

  private boolean isDeletionAsked() {
    return wishes.deleting && wishes.deletion == Deletion.DELETE;
  }

  private boolean holdsForLong(SimQueue queue) {
    return queue.oldest(platform.instant()).compareTo(SETTLED) > 0;
  }

  private void judge(String invariant, boolean harm, PipelineAction action) {
    if (harm) {
      journal.blame(invariant, "asks " + action);
    }
  }
}
