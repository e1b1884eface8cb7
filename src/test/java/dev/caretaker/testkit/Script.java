package dev.caretaker.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Runs decisions one after the other: the engine does what settings say at once, everything else is
 * for the test to do. Time stands still unless the test moves it.
 */
public final class Script {
  public static final Instant NOW = Instant.parse("2026-11-21T03:00:00Z");

  /** More writes in a row than any stage needs are a livelock. */
  private static final int WRITES = 12;

  private final EsDecider decider = new EsDecider(Guards.standard());
  public final ACluster cluster;
  public final APolicy policy;
  public final List<RefusedAction> refused = new ArrayList<>();
  private EsProgress progress = EsProgress.NONE;
  private Instant now = NOW;
  private boolean moves = false;

  private Script(APolicy policy, ACluster cluster) {
    this.policy = policy;
    this.cluster = cluster;
  }

  public static Script script(APolicy policy, ACluster cluster) {
    return new Script(policy, cluster);
  }

  public Instant now() {
    return now;
  }

  public Script later(Duration passed) {
    now = now.plus(passed);
    return this;
  }

  public Script losesItsStatus() {
    progress = EsProgress.NONE;
    return this;
  }

  public Script progress(EsProgress saved) {
    progress = saved;
    return this;
  }

  public EsProgress progress() {
    return progress;
  }

  /** One pass, of which nothing reaches the cluster. */
  public EsDecision decides() {
    var decision = decider.decide(policy.build(), cluster.view(now), progress, refused, now);
    progress = decision.progress();
    return decision;
  }

  /** One pass, of which the settings reach the cluster, and where that was said, the commands. */
  public EsDecision passes() {
    var decision = decides();
    for (var action : decision.actions()) {
      if (action instanceof EsAction.PutSettings put) {
        cluster.apply(put);
      } else if (moves && action instanceof EsAction.OnEngine command) {
        cluster.apply(command);
      }
    }
    return decision;
  }

  /** From now on the engine carries out moves, allocations and replica counts at once. */
  public Script carriesOutCommands() {
    moves = true;
    return this;
  }

  /**
   * So many passes, five seconds apart, of which everything is carried out at once; the nodes that
   * were stopped meanwhile.
   */
  public List<String> runs(int passes) {
    var stopped = new ArrayList<String>();
    for (int pass = 0; pass < passes; pass++) {
      for (var action : carriesOutCommands().passes().actions()) {
        if (action instanceof EsAction.StopNode stop) {
          stopped.add(stop.node().value());
          cluster.leaves(stop.node().value(), HostProcess.State.STOPPED);
        } else if (action instanceof EsAction.StartNode start) {
          cluster.node(start.node().value()).back(now);
        }
      }
      if (!cluster.persistent().containsKey(Routing.ENABLE)
          && !cluster.transients().containsKey(Routing.ENABLE)) {
        cluster.recovers();
      }
      later(Duration.ofSeconds(5));
    }
    return stopped;
  }

  /** Passes until this stage is marked; the next decision is the test's. */
  public Script marks(Stage wanted) {
    for (int write = 0; write < WRITES; write++) {
      if (stage().equals(Optional.of(wanted)) && isMarked(wanted)) {
        return this;
      }
      passes();
    }
    throw new AssertionError("does not mark " + wanted + ", at " + progress);
  }

  /** Passes until no settings are written any more; the decision that is left. */
  public EsDecision settles() {
    for (int write = 0; write < WRITES; write++) {
      var decision = passes();
      if (puts(decision).isEmpty()) {
        return decision;
      }
    }
    throw new AssertionError("writes settings for ever, at " + progress);
  }

  /** Passes until this stage is marked and in force; the decision that is left. */
  public EsDecision reaches(Stage stage) {
    for (int write = 0; write < WRITES; write++) {
      if (stage().equals(Optional.of(stage)) && isMarked(stage)) {
        var decision = decides();
        assertThat(stage()).as("stays in %s", stage).contains(stage);
        return decision;
      }
      passes();
    }
    throw new AssertionError("does not reach " + stage + ", at " + progress);
  }

  private boolean isMarked(Stage stage) {
    return cluster.mark().filter(mark -> mark.stage().equals(stage.word())).isPresent();
  }

  public Optional<Stage> stage() {
    return progress.rollout().map(RolloutProgress::stage);
  }

  /** The names of the nodes that are bounced now. */
  public List<String> set() {
    return progress.rollout().stream()
        .flatMap(rollout -> rollout.set().stream())
        .map(member -> member.name().value())
        .toList();
  }

  public static List<EsAction.PutSettings> puts(EsDecision decision) {
    return decision.actions().stream()
        .filter(EsAction.PutSettings.class::isInstance)
        .map(EsAction.PutSettings.class::cast)
        .toList();
  }

  public static List<EsAction> withoutPuts(EsDecision decision) {
    return decision.actions().stream()
        .filter(action -> !(action instanceof EsAction.PutSettings))
        .toList();
  }

  public static Condition condition(EsDecision decision, String type) {
    return decision.conditions().stream()
        .filter(each -> each.type().equals(type))
        .findFirst()
        .orElseThrow();
  }

  /** The guards that refuse, in their order. */
  public static List<String> refusals(Verdict verdict) {
    return verdict.refusals().stream().map(each -> each.guard()).toList();
  }
}
