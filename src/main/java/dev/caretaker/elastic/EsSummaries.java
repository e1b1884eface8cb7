package dev.caretaker.elastic;

import dev.caretaker.elastic.guard.WithinWindow;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.kernel.Verdict;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** Builds what the status shows; nothing in it changes while the cluster does not. */
final class EsSummaries {
  private EsSummaries() {}

  /**
   * Builds it from a cluster that was read.
   *
   * @param unsheltered how many shards have no started copy in a reliable zone
   */
  static EsSummary of(
      EsPolicy policy,
      EsView view,
      ClusterView cluster,
      List<String> holds,
      Verdict verdict,
      Instant now,
      int unsheltered) {
    var engine =
        cluster.engine().flavour().name().toLowerCase(Locale.ROOT)
            + " "
            + cluster.engine().version();
    return new EsSummary(
        engine,
        cluster.health().name().toLowerCase(Locale.ROOT),
        serving(view),
        nodes(policy, view, cluster),
        shards(cluster, unsheltered),
        holds,
        operation(verdict),
        verdict.refusals().stream().map(Refusal::guard).distinct().toList(),
        window(policy, now),
        cluster.uuid());
  }

  static EsSummary unseen(EsView view, EsProgress progress, Reason reason) {
    return new EsSummary(
        "",
        "unknown",
        serving(view),
        List.of(),
        new TreeMap<>(),
        progress.rollout().map(each -> each.stage().holds(each.set()).words()).orElse(List.of()),
        reason.code(),
        List.of(),
        "",
        "");
  }

  /** Until when a window is open, or when the next one opens; empty where none is declared. */
  private static String window(EsPolicy policy, Instant now) {
    var rollout = policy.rollout();
    var open =
        rollout.windows().stream()
            .flatMap(window -> window.openUntil(now).stream())
            .max(Comparator.naturalOrder());
    if (rollout.windows().isEmpty() || open.isPresent()) {
      return open.map(until -> "open until " + until).orElse("");
    }
    return WithinWindow.next(rollout, now).map(at -> "opens at " + at).orElse("never opens");
  }

  /** One short clause, for a column; the conditions have the whole sentence. */
  private static String operation(Verdict verdict) {
    return switch (verdict.kind()) {
      case SETTLED -> "";
      case BLOCKED -> "Blocked";
      case ACTING, WAITING -> firstClause(verdict.reason().sentence());
    };
  }

  private static String firstClause(String sentence) {
    int end = sentence.indexOf("; ");
    return end < 0 ? sentence : sentence.substring(0, end);
  }

  private static String serving(EsView view) {
    return view.serving().ifKnown().map(yes -> yes ? "True" : "False").orElse("Unknown");
  }

  private static List<EsSummary.NodeLine> nodes(EsPolicy policy, EsView view, ClusterView cluster) {
    var names = new TreeSet<NodeName>(policy.hosts().keySet());
    cluster.nodes().forEach(node -> names.add(node.name()));
    var copies = new HashMap<NodeId, Integer>();
    for (var group : cluster.copies().values()) {
      group.forEach(copy -> copy.node().ifPresent(id -> copies.merge(id, 1, Integer::sum)));
    }
    return names.stream()
        .map(
            name ->
                cluster
                    .node(name)
                    .map(node -> line(node, copies.getOrDefault(node.id(), 0)))
                    .orElseGet(() -> away(policy, view, name)))
        .toList();
  }

  private static EsSummary.NodeLine line(NodeView node, int copies) {
    return new EsSummary.NodeLine(
        node.name().value(),
        node.zone().map(Object::toString).orElse(""),
        node.answers() ? "InCluster" : "Silent",
        copies,
        node.startedAt().map(at -> at.truncatedTo(ChronoUnit.SECONDS).toString()).orElse(""));
  }

  private static EsSummary.NodeLine away(EsPolicy policy, EsView view, NodeName name) {
    var state = view.process(name).ifKnown().map(EsSummaries::word).orElse("Missing");
    var zone = policy.hosts().getOrDefault(name, java.util.Optional.empty());
    return new EsSummary.NodeLine(
        name.value(), zone.map(Object::toString).orElse(""), state, 0, "");
  }

  private static String word(HostProcess process) {
    return switch (process.state()) {
      case RUNNING -> "Missing";
      case STOPPED -> "Stopped";
      case DIED -> "Died";
    };
  }

  private static SortedMap<String, Integer> shards(ClusterView cluster, int unsheltered) {
    var inState = new EnumMap<ShardCopy.State, Integer>(ShardCopy.State.class);
    for (var group : cluster.copies().values()) {
      group.forEach(copy -> inState.merge(copy.state(), 1, Integer::sum));
    }
    var counts = new TreeMap<String, Integer>();
    for (var state : ShardCopy.State.values()) {
      counts.put(state.name().toLowerCase(Locale.ROOT), inState.getOrDefault(state, 0));
    }
    counts.put("unsheltered", unsheltered);
    return counts;
  }
}
