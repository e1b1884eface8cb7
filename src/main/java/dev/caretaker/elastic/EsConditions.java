package dev.caretaker.elastic;

import dev.caretaker.elastic.drain.DrainStep;
import dev.caretaker.elastic.guard.NotPaused;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Conflict;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.rollout.RolloutProgress;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What people are told, built from nothing in each pass. */
final class EsConditions {
  private final EsPolicy policy;
  private final EsView view;
  private final Optional<ClusterView> cluster;
  private final Instant now;
  private final List<ShardId> bare;

  EsConditions(EsPolicy policy, EsView view, Optional<ClusterView> cluster, Instant now) {
    this.policy = policy;
    this.view = view;
    this.cluster = cluster;
    this.now = now;
    this.bare = cluster.map(seen -> withoutReliableCopy(policy, seen)).orElse(List.of());
  }

  /** How many shards have no started in-sync copy in a reliable zone. */
  int unsheltered() {
    return bare.size();
  }

  List<Condition> unseen(String cause) {
    var sentence = "Could not read the cluster: " + cause;
    return List.of(
        Condition.no("Observed", "ReadFailed", sentence),
        serving(),
        Condition.unknown("DataSafe", "Unobserved", sentence),
        Condition.unknown("SettingsInSync", "Unobserved", sentence),
        Condition.unknown("Ready", "Unobserved", sentence),
        Condition.yes("Reconciling", "Unobserved", sentence),
        Condition.no("Stalled", "Waiting", "Reads again in a few seconds"));
  }

  List<Condition> of(
      Verdict verdict,
      Optional<RolloutProgress> rollout,
      Optional<DrainStep> drain,
      List<Refusal> hindrances) {
    var seen = cluster.orElseThrow();
    var conditions = new ArrayList<Condition>();
    conditions.add(Condition.yes("Observed", "Read", "The master answered"));
    conditions.add(serving());
    conditions.add(dataSafe());
    conditions.add(settings(seen, verdict));
    conditions.add(ready(seen));
    conditions.add(reconciling(verdict));
    conditions.add(stalled(verdict, rollout, seen, hindrances));
    drain.ifPresent(step -> conditions.add(drained(step, verdict)));
    return conditions;
  }

  private Condition serving() {
    return view.serving()
        .ifKnown()
        .map(
            yes ->
                yes
                    ? Condition.yes("Serving", "ProbeAnswered", "A real query was answered")
                    : Condition.no("Serving", "ProbeFailed", "A real query was not answered"))
        .orElseGet(() -> Condition.unknown("Serving", "NotProbed", "No query could be sent"));
  }

  private Condition dataSafe() {
    if (!policy.hasReliableZone()) {
      return Condition.unknown(
          "DataSafe", "NoReliableZone", "spec.zones names no zone with risk: Reliable");
    }
    if (bare.isEmpty()) {
      return Condition.yes(
          "DataSafe", "Sheltered", "Every shard has a started copy in a reliable zone");
    }
    var first = bare.stream().limit(5).map(Object::toString).toList();
    return Condition.no(
        "DataSafe",
        "OnlyInRiskyZones",
        bare.size() + " shards have no started copy in a reliable zone, such as " + first);
  }

  /** Shards of which no started in-sync copy stands in a reliable zone. */
  private static List<ShardId> withoutReliableCopy(EsPolicy policy, ClusterView seen) {
    Set<NodeId> reliable = new HashSet<>();
    seen.nodes().stream()
        .filter(node -> node.zone().filter(policy::reliable).isPresent())
        .forEach(node -> reliable.add(node.id()));
    var bare = new ArrayList<ShardId>();
    for (var each : seen.copies().entrySet()) {
      if (!hasSafeCopy(each.getValue(), reliable)) {
        bare.add(each.getKey());
      }
    }
    return bare;
  }

  private static boolean hasSafeCopy(List<ShardCopy> group, Set<NodeId> reliable) {
    for (var copy : group) {
      if (copy.isSafeCopy() && copy.isOnAny(reliable)) {
        return true;
      }
    }
    return false;
  }

  private Condition settings(ClusterView seen, Verdict verdict) {
    var conflicts = Conflict.in(seen.settings(), policy.zoneAttribute(), policy.baseline());
    if (!conflicts.isEmpty()) {
      var wrote = "Somebody else wrote " + conflicts;
      boolean takesOver = policy.allocation().conflicts() == EsPolicy.Conflicts.TAKE_OVER;
      if (takesOver && !policy.paused()) {
        return Condition.no("SettingsInSync", "TakingOver", wrote + "; it is being taken over");
      }
      var lift =
          takesOver
              ? "; it is taken over when spec.paused is false"
              : "; remove it (PUT null), or set spec.allocation.conflicts to TakeOver";
      return Condition.no("SettingsInSync", "Conflict", wrote + lift);
    }
    var unsettled = Set.of("WritingSettings", "SettingsNotWritten", "MarkIsOurs");
    if (unsettled.contains(verdict.reason().code())) {
      return Condition.no("SettingsInSync", verdict.reason().code(), verdict.reason().sentence());
    }
    return Condition.yes("SettingsInSync", "AsWanted", "The settings are as wanted");
  }

  private Condition ready(ClusterView seen) {
    var foreign = Ownership.refuses(policy, view, seen);
    if (foreign.isPresent()) {
      // Healthy or not: nothing that this resource asks for would be done.
      return Condition.no("Ready", foreign.get().guard(), foreign.get().sentence());
    }
    var health = seen.health();
    boolean good =
        policy.readyWhen() == EsPolicy.ReadyWhen.GREEN
            ? health == ClusterView.Health.GREEN
            : health != ClusterView.Health.RED;
    boolean serves = view.serving().ifKnown().orElse(true);
    if (good && serves) {
      return Condition.yes("Ready", "Healthy", "The cluster is usable");
    }
    return Condition.no(
        "Ready", "NotHealthy", serves ? "The cluster is " + health : "The probe query failed");
  }

  private static Condition reconciling(Verdict verdict) {
    return switch (verdict.kind()) {
      case SETTLED ->
          Condition.no("Reconciling", verdict.reason().code(), verdict.reason().sentence());
      case ACTING, WAITING, BLOCKED ->
          Condition.yes("Reconciling", verdict.reason().code(), verdict.reason().sentence());
    };
  }

  private Condition stalled(
      Verdict verdict,
      Optional<RolloutProgress> rollout,
      ClusterView seen,
      List<Refusal> hindrances) {
    var late = rollout.filter(each -> each.overdue(now));
    if (late.isPresent()) {
      var stage = late.get().stage();
      var sentence = stage.word() + " takes longer than " + stage.deadline().toMinutes() + " min: ";
      return Condition.yes("Stalled", "DeadlinePassed", sentence + advised(verdict, hindrances));
    }
    if (verdict.kind() == Verdict.Kind.BLOCKED
        && verdict.refusals().stream().noneMatch(NotPaused::isAskedFor)) {
      return Condition.yes("Stalled", verdict.reason().code(), advised(verdict, hindrances));
    }
    var down = down(rollout, seen);
    return down.isEmpty()
        ? Condition.no("Stalled", "Moving", "Nothing is stuck")
        : Condition.yes("Stalled", "NodeDown", "Not in the cluster, and no process runs: " + down);
  }

  /** The verdict, and what would lift it where it does not say so itself. */
  private static String advised(Verdict verdict, List<Refusal> hindrances) {
    var sentence = verdict.reason().sentence();
    var against = verdict.refusals().isEmpty() ? hindrances : verdict.refusals();
    if (against.isEmpty() || sentence.contains(against.get(0).liftedBy())) {
      return sentence;
    }
    return sentence + "; to go on: " + against.get(0).liftedBy();
  }

  /** Listed nodes that are neither in the cluster nor running nor just being bounced. */
  private List<NodeName> down(Optional<RolloutProgress> rollout, ClusterView seen) {
    var bounced =
        rollout
            .filter(each -> each.stage() == Stage.STOPPING || each.stage() == Stage.STARTING)
            .map(RolloutProgress::set)
            .orElse(List.of());
    return view.processes().entrySet().stream()
        .filter(each -> bounced.stream().noneMatch(m -> m.name().equals(each.getKey())))
        .filter(each -> seen.node(each.getKey()).isEmpty())
        .filter(each -> notRunning(each.getValue().ifKnown()))
        .map(Map.Entry::getKey)
        .toList();
  }

  private static boolean notRunning(Optional<HostProcess> process) {
    return process.filter(known -> !known.running()).isPresent();
  }

  private static Condition drained(DrainStep step, Verdict verdict) {
    if (step.proven()) {
      return Condition.yes("Drained", step.reason().code(), step.reason().sentence());
    }
    if (!step.refusals().isEmpty()) {
      return Condition.no("Drained", "DrainBlocked", step.refusals().get(0).sentence());
    }
    return step.progress().isEmpty()
        ? Condition.no("Drained", "NotBegun", verdict.reason().sentence())
        : Condition.no("Drained", "Draining", step.reason().sentence());
  }
}
