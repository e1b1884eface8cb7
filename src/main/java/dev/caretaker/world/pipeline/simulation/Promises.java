package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Utility;
import dev.caretaker.pipeline.PipelineDecision;
import dev.caretaker.pipeline.Stage;
import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.world.pipeline.Habit;
import dev.caretaker.world.pipeline.Platform;
import dev.caretaker.world.pipeline.SimQueue;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * No message reaches its retention where what may be asked for would have sufficed; where it would
 * not, somebody was warned in time. The yardstick is a crew as large as spec and money allow, at
 * half of its pace, that works whenever work is possible.
 */
final class Promises {
  /** Machines come late, die and are updated: of so much of them nobody may complain. */
  private static final double PACE = 0.4;

  /** What was received and not deleted is not seen for the queue's visibility time-out. */
  private static final Duration PATIENCE = Duration.ofMinutes(20);

  private static final Duration RAMP = Duration.ofMinutes(20);
  private static final Duration UPDATE = Duration.ofMinutes(3);

  private final Platform platform;
  private final Wishes wishes;
  private final Journal journal;
  private final Ledger ledger;
  private final Habit habit;
  private final Utility machine;
  private final Deque<Sent> sent = new ArrayDeque<>();
  private Instant impossibleAt = Instant.MIN;
  private long sentBefore;
  private double done;
  private boolean workable;
  private Optional<Instant> warnedAt = Optional.empty();
  private Instant changedByHand = Instant.MIN;

  /** How many were sent until then. */
  private record Sent(Instant at, long number) {}

  Promises(
      Platform platform, Wishes wishes, Journal journal, Ledger ledger, PipelineScenario scenario) {
    this.platform = platform;
    this.wishes = wishes;
    this.journal = journal;
    this.ledger = ledger;
    this.habit = scenario.habit;
    this.machine = scenario.machine;
  }

  /** A person changed the queue; what was sent until now has that person's clock. */
  void changedByHand() {
    changedByHand = platform.instant();
  }

  /** What the operator told. */
  void told(PipelineDecision decision) {
    workable = decision.progress().step().filter(step -> step.stage() == Stage.SETTLED).isPresent();
    decision.conditions().stream()
        .filter(each -> each.type().equals("BacklogSafe"))
        .forEach(each -> told(each.truth()));
  }

  /** Who cannot read the queue for a moment takes nothing back. */
  private void told(Condition.Truth safe) {
    switch (safe) {
      case TRUE -> warnedAt = Optional.empty();
      case FALSE -> warnedAt = Optional.of(warnedAt.orElse(platform.instant()));
      case UNKNOWN -> {}
    }
  }

  void tick(Duration time) {
    if (!isPossible()) {
      impossibleAt = platform.instant();
    }
    if (impossibleAt.plus(ramp()).isBefore(platform.instant())) {
      var allowed =
          Math.min(wishes.max.thousandths(), platform.supply().affordable().thousandths());
      done += PACE * habit.perUtilityHour() * allowed / 1000.0 * time.toSeconds() / 3600;
    }
    sent.addLast(new Sent(platform.instant(), ledger.sent()));
    var due = platform.instant().minus(wishes.drainWithin).minus(PATIENCE);
    while (!sent.isEmpty() && sent.getFirst().at().isBefore(due)) {
      sentBefore = sent.removeFirst().number();
    }
    done = Math.min((double) sentBefore, done);
    ledger.expiries().forEach(this::missed);
  }

  /** Machines have to boot, and to get their code so many at a time. */
  private Duration ramp() {
    long machines = wishes.max.thousandths() / Math.max(1, machine.thousandths());
    return RAMP.plus(UPDATE.multipliedBy(machines / wishes.atOnce));
  }

  private boolean isPossible() {
    var engine = platform.engine();
    return workable
        && wishes.running
        && platform.has(wishes.revision)
        && platform.supply().machines().stream().noneMatch(each -> each.hangs(platform.instant()))
        && !wishes.paused
        && !wishes.deleting
        && wishes.others.isEmpty()
        && engine.serving
        && !engine.recovering
        && engine.holding.isEmpty();
  }

  private void missed(Ledger.Expiry expiry) {
    // Whoever deletes a pipeline says that nobody shall care for it any more.
    boolean left = wishes.deleting || habit.isUnworkable(expiry.document());
    if (left || expiry.sentAt().isBefore(changedByHand)) {
      return;
    }
    if (done >= expiry.number()) {
      journal.blame("RetentionMiss", expiry.document() + " could have been worked on in time");
      return;
    }
    var retention =
        platform
            .queue(Wishes.QUEUE)
            .map(SimQueue::attributes)
            .map(QueueAttributes::retention)
            .orElse(Duration.ZERO);
    var latest = expiry.sentAt().plus(retention).minus(wishes.margin.dividedBy(2));
    if (warnedAt.filter(at -> !at.isAfter(latest)).isEmpty()) {
      journal.blame("Unwarned", expiry.document() + " is gone; warned since " + warnedAt);
    }
  }
}
