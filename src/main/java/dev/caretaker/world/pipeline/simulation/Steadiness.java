package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.pipeline.PipelineDecision;
import dev.caretaker.pipeline.Stage;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;

/** What is asked of the fleet changes in bounded steps, and does not go to and fro. */
final class Steadiness {
  private static final double EPSILON = 2e-3;
  private static final Duration WITHIN = Duration.ofHours(1);
  private static final int TURNS = 5;

  /** Between nothing and this part of the most there are no steps. */
  private static final double FIRST = 1.0 / 16;

  private final Wishes wishes;
  private final Journal journal;
  private final Deque<Instant> turns = new ArrayDeque<>();
  private double last = -1;
  private int direction;

  Steadiness(Wishes wishes, Journal journal) {
    this.wishes = wishes;
    this.journal = journal;
  }

  /** Nothing can be compared with what was asked before. */
  void interrupted() {
    last = -1;
    direction = 0;
    turns.clear();
  }

  void told(PipelineDecision decision, Instant now, boolean held) {
    var demand = decision.summary().demand();
    boolean settled =
        decision.progress().step().filter(step -> step.stage() == Stage.SETTLED).isPresent();
    if (demand.isEmpty()) {
      interrupted();
      return;
    }
    double next = demand.get().utility().amount();
    if (!settled || held) {
      outranked(next);
      return;
    }
    if (last >= 0 && Math.abs(next - last) > EPSILON) {
      boolean urgent = demand.get().because().code().equals("Deadline");
      steps(next, urgent);
      turns(next > last ? 1 : -1, now);
    }
    last = next;
  }

  /** Something else than the queue says what is asked for; the next step is judged from there. */
  private void outranked(double asked) {
    interrupted();
    last = asked;
  }

  private void steps(double next, boolean urgent) {
    double least = Math.max(wishes.min.amount(), wishes.max.amount() * FIRST);
    boolean leaps = next > Math.max(least, 2 * last) + EPSILON && !urgent;
    boolean falls = next < last / 2 - EPSILON && last > least + EPSILON;
    if (leaps || falls) {
      journal.blame("UnstableDemand", "from " + last + " to " + next + " in one step");
    }
  }

  private void turns(int next, Instant now) {
    if (direction != 0 && next != direction) {
      turns.addLast(now);
    }
    direction = next;
    turns.removeIf(at -> at.plus(WITHIN).isBefore(now));
    if (turns.size() > TURNS) {
      journal.blame("UnstableDemand", turns.size() + " turns within an hour");
    }
  }
}
