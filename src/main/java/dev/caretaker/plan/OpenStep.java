package dev.caretaker.plan;

import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Bytes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A step that goes on. */
final class OpenStep {
  private static final Set<Stage> FROZEN = Set.of(Stage.FREEZING, Stage.STOPPING, Stage.STARTING);

  private final PlanStep.Kind kind;
  private final List<String> nodes;
  private final List<String> zones;
  private final long since;
  private final Set<PlanStep.Move> moves = new LinkedHashSet<>();
  private final Set<PlanStep.Raise> raised = new LinkedHashSet<>();
  private final Set<String> holds = new LinkedHashSet<>();
  private long built;
  private int leaves;
  private boolean freezes;
  private long frozen;

  OpenStep(PlanStep.Kind kind, List<String> nodes, List<String> zones, long since) {
    this.kind = kind;
    this.nodes = nodes;
    this.zones = zones;
    this.since = since;
  }

  boolean is(PlanStep.Kind other, List<String> others) {
    return kind == other && nodes.equals(others);
  }

  /** So many seconds passed with the holds of the last decision. */
  void lasted(long seconds) {
    frozen += freezes ? seconds : 0;
  }

  void holds(EsDecision decision) {
    freezes =
        decision.progress().rollout().filter(each -> FROZEN.contains(each.stage())).isPresent();
    holds.addAll(decision.summary().holds());
  }

  void moves(PlanStep.Move move) {
    moves.add(move);
  }

  void raises(PlanStep.Raise raise, long bytes) {
    if (raised.add(raise)) {
      built += bytes;
    }
  }

  /** A copy that the engine takes away by itself. */
  void leaves(Bytes bytes) {
    leaves++;
    built += bytes.value();
  }

  PlanStep end(long now) {
    return new PlanStep(
        kind,
        nodes,
        zones,
        new ArrayList<>(moves),
        new ArrayList<>(raised),
        new Bytes(built),
        leaves,
        new ArrayList<>(holds),
        Duration.ofSeconds(frozen),
        Duration.ofSeconds(now - since));
  }
}
