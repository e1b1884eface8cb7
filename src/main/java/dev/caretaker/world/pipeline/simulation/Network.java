package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.model.WorkerView;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What lies between the operator and everything else: calls are lost, late, or unanswered. */
final class Network {
  /** A request that got no answer is done by then. */
  static final int LATE = 60;

  private final Clock clock;
  private final Dice dice;
  private final Journal journal;
  private final Deeds deeds;
  private final List<Late> late = new ArrayList<>();

  private record Late(Instant at, Call call) {}

  /** A change that may be refused. */
  interface Call {
    void run() throws PortException;
  }

  Network(Clock clock, Dice dice, Journal journal, Deeds deeds) {
    this.clock = clock;
    this.dice = dice;
    this.journal = journal;
    this.deeds = deeds;
  }

  /** What was on its way arrives. */
  void tick() {
    var due = late.stream().filter(each -> !each.at().isAfter(clock.instant())).toList();
    late.removeAll(due);
    for (var each : due) {
      try {
        each.call().run();
      } catch (PortException refused) {
        journal.log("a late request is refused: " + refused.getMessage());
      }
    }
  }

  boolean isIdle() {
    return late.isEmpty();
  }

  /** What is read, unless the answer does not come. */
  <T> Observed<T> read(Supplier<Observed<T>> question) {
    return dice.happens(dice.odds().blind()) ? Observed.unknown("no answer") : question.get();
  }

  /** Which machines answered: of others nobody can know what runs there. */
  void seen(Map<WorkerId, Observed<WorkerView>> views) {
    var seen = new TreeSet<WorkerId>();
    views.forEach((id, view) -> view.ifKnown().ifPresent(any -> seen.add(id)));
    deeds.seen(seen);
  }

  /** How old an answer about a queue is; SQS itself is late by up to a minute. */
  Duration age() {
    int most = dice.happens(dice.odds().stale()) ? 150 : 60;
    return Duration.ofSeconds(dice.between(0, most));
  }

  void change(PipelineAction action, Call call) throws PortException {
    deeds.asked(action);
    dice.mayDie();
    if (dice.happens(dice.odds().lost())) {
      journal.log("  lost: " + action);
      boolean told = dice.happens(0.5);
      throw new PortException(
          told ? PortException.Kind.UNREACHABLE : PortException.Kind.UNKNOWN_OUTCOME, "no answer");
    }
    if (dice.happens(dice.odds().unanswered())) {
      journal.log("  without an answer: " + action);
      int wait = dice.happens(0.5) ? 0 : dice.between(1, LATE);
      late.add(new Late(clock.instant().plusSeconds(wait), call));
      throw new PortException(PortException.Kind.UNKNOWN_OUTCOME, "no answer");
    }
    call.run();
    dice.mayDie();
  }
}
