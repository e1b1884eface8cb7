package dev.caretaker.plan;

import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.rollout.RolloutProgress;
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
  private long since;
  private final Set<PlanStep.Move> moves = new LinkedHashSet<>();
  private final Set<PlanStep.Raise> raised = new LinkedHashSet<>();
  private final Set<String> holds = new LinkedHashSet<>();
  private long built;
  private int leaves;
  private boolean freezes;
  private boolean stops;
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

  /** Whether its nodes were stopped, or are being emptied; another one may have gone first. */
  boolean begun() {
    return kind == PlanStep.Kind.DRAIN || stops;
  }

  /** Its nodes go before those for which this was done, and it serves them as well. */
  void takesOver(OpenStep unbegun) {
    since = unbegun.since;
    moves.addAll(unbegun.moves);
    raised.addAll(unbegun.raised);
    built += unbegun.built;
  }

  /** So many seconds passed with the holds of the last decision. */
  void lasted(long seconds) {
    frozen += freezes ? seconds : 0;
  }

  void holds(EsDecision decision) {
    var stage = decision.progress().rollout().map(RolloutProgress::stage);
    freezes = stage.filter(FROZEN::contains).isPresent();
    stops |= stage.filter(each -> each == Stage.STOPPING || each == Stage.STARTING).isPresent();
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
