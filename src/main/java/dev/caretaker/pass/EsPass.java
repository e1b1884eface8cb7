package dev.caretaker.pass;

import dev.caretaker.elastic.EsDecider;
import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.HostPort;
import dev.caretaker.port.PortException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One look at one cluster: read, decide, save, act. It remembers only what it may forget. */
public final class EsPass {
  /** Long enough not to ask the same at once, short enough for a changed cluster. */
  private static final Duration REFUSALS_LAST = Duration.ofMinutes(2);

  private final EsDecider decider;
  private final EsPort engine;
  private final HostPort hosts;
  private final Clock clock;
  private final List<RefusedAction> refused = new ArrayList<>();
  private Set<ShardId> explain = Set.of();

  public EsPass(EsDecider decider, EsPort engine, HostPort hosts, Clock clock) {
    this.decider = decider;
    this.engine = engine;
    this.hosts = hosts;
    this.clock = clock;
  }

  /** What a pass saw, decided and could not do. */
  public record Outcome(EsView view, EsDecision decision, List<RefusedAction> refusedNow) {
    public Outcome {
      refusedNow = List.copyOf(refusedNow);
    }
  }

  /**
   * Makes one pass.
   *
   * @param otherOwners older resources that name the same cluster
   * @param machines of the fleets that belong to the cluster, all of them as their fleets list them
   * @throws ProgressStore.StaleWriter where somebody else has taken over; nothing was done
   */
  public Outcome run(
      EsPolicy policy,
      EsProgress progress,
      List<String> otherOwners,
      List<SpotMachine> machines,
      ProgressStore store)
      throws ProgressStore.StaleWriter {
    var view = read(policy, progress, otherOwners, machines);
    var now = clock.instant();
    refused.removeIf(each -> each.at().plus(REFUSALS_LAST).isBefore(now));
    var decision = decider.decide(policy, view, progress, List.copyOf(refused), now);
    store.save(decision.progress());
    var refusedNow = act(decision.actions());
    refused.addAll(refusedNow);
    explain = decision.explain();
    return new Outcome(view, decision, refusedNow);
  }

  private EsView read(
      EsPolicy policy, EsProgress progress, List<String> otherOwners, List<SpotMachine> machines) {
    var readAt = clock.instant();
    var nodes = new TreeSet<>(policy.hosts().keySet());
    machines.forEach(machine -> nodes.add(machine.node()));
    // Nobody needs to know, and nothing may ever be asked of them again.
    nodes.removeIf(progress.handshake()::isReleased);
    var cluster = engine.read(explain);
    var serving = engine.probe();
    var processes = hosts.readAll(nodes);
    return new EsView(readAt, cluster, serving, processes, otherOwners, machines);
  }

  /** Stops at the first failure: what follows was decided in the belief that it would go well. */
  private List<RefusedAction> act(List<EsAction> actions) {
    var failures = new ArrayList<RefusedAction>();
    for (var action : actions) {
      try {
        perform(action);
      } catch (PortException failure) {
        failures.add(refusal(action, failure, clock.instant()));
        break;
      }
    }
    return failures;
  }

  private void perform(EsAction action) throws PortException {
    if (action instanceof EsAction.OnEngine onEngine) {
      engine.perform(onEngine);
    } else if (action instanceof EsAction.OnHost onHost) {
      hosts.perform(onHost);
    }
  }

  private static RefusedAction refusal(EsAction action, PortException failure, Instant at) {
    var unknown = failure.kind() == PortException.Kind.UNKNOWN_OUTCOME;
    return new RefusedAction(action, String.valueOf(failure.getMessage()), unknown, at);
  }
}
