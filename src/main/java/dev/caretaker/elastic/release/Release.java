package dev.caretaker.elastic.release;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * What lifting by hand comes to.
 *
 * @param mark that stands in the cluster; where none does there is nothing to lift
 * @param actions in this order: the replica counts are known from the mark alone, so it goes last
 * @param away nodes of the mark's set that are not in the cluster: Caretaker may have stopped them
 * @param left values that stay, because somebody else wrote them
 */
public record Release(
    Optional<Mark> mark, List<EsAction.OnEngine> actions, List<NodeName> away, List<String> left) {
  public Release {
    actions = List.copyOf(actions);
    away = List.copyOf(away);
    left = List.copyOf(left);
  }

  /** Computes it; for a cluster without a mark it is empty, so that it can be asked twice. */
  public static Release of(ClusterView cluster, String zoneAttribute) {
    return cluster
        .mark()
        .map(mark -> lift(mark, cluster, zoneAttribute))
        .orElseGet(
            () ->
                new Release(
                    Optional.empty(), List.of(), List.of(), others(cluster, zoneAttribute)));
  }

  private static Release lift(Mark mark, ClusterView cluster, String zoneAttribute) {
    var settings = new TreeMap<>(Mark.removal());
    settings.put(Mark.RELEASED, Optional.of(mark.request()));
    var persistent = cluster.settings().persistent();
    mark.wrote()
        .forEach(
            (key, value) -> {
              if (value.equals(persistent.get(key))) {
                settings.put(key, Optional.empty());
              }
            });
    var actions = new ArrayList<EsAction.OnEngine>(replicas(mark, cluster));
    actions.add(new EsAction.PutSettings(settings, new TreeMap<>()));
    var away =
        Stream.concat(mark.set().stream(), mark.leaving().stream())
            .map(Mark.Member::name)
            .filter(name -> cluster.node(name).isEmpty())
            .toList();
    var left =
        others(cluster, zoneAttribute).stream()
            .filter(line -> settings.keySet().stream().noneMatch(key -> isOf(line, key)))
            .toList();
    return new Release(Optional.of(mark), actions, away, left);
  }

  private static List<EsAction.SetReplicas> replicas(Mark mark, ClusterView cluster) {
    var back = new ArrayList<EsAction.SetReplicas>();
    mark.replicasBefore()
        .forEach(
            (name, before) -> {
              var index = cluster.indices().get(name);
              if (index != null && index.replicas() > before) {
                back.add(new EsAction.SetReplicas(name, index.replicas(), before));
              }
            });
    return back;
  }

  /** Values on the keys that Caretaker uses, as {@code scope key = value}. */
  private static List<String> others(ClusterView cluster, String zoneAttribute) {
    var lines = new ArrayList<String>();
    for (var key : Routing.keys(zoneAttribute)) {
      var stored = cluster.settings().persistent().get(key);
      if (stored != null) {
        lines.add("persistent " + key + " = " + stored);
      }
      var outranking = cluster.settings().transientScope().get(key);
      if (outranking != null) {
        lines.add("transient " + key + " = " + outranking);
      }
    }
    return lines;
  }

  private static boolean isOf(String line, String key) {
    return line.startsWith("persistent " + key + " = ");
  }
}
