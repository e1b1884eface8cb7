package dev.caretaker.elastic.handshake;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.model.ZoneName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * How many of its machines each fleet keeps at work. Together the fleets of a zone keep what the
 * zone needs: what is more is dealt out among them, so that they may all give back at once.
 */
record FleetShares(MachineFacts facts) {
  /**
   * An odd machine may be given back by one fleet, then by the next, since the one that has the
   * turn may not want to. A fleet believes what its cluster said for as long.
   */
  private static final Duration TURN = Duration.ofMinutes(2);

  /** By the name of each fleet. */
  SortedMap<String, Integer> least() {
    var shares = new TreeMap<String, Integer>();
    for (var zone : new HashSet<>(facts.policy.fleets().values())) {
      var names =
          facts.policy.fleets().entrySet().stream()
              .filter(each -> each.getValue().equals(zone))
              .map(each -> each.getKey())
              .toList();
      shares.putAll(least(zone, names));
    }
    return shares;
  }

  private SortedMap<String, Integer> least(ZoneName zone, List<String> names) {
    var working =
        facts
            .needs()
            .working(zone)
            .map(NodeView::name)
            .collect(Collectors.toCollection(HashSet::new));
    var least = new TreeMap<String, Integer>();
    int works = 0;
    for (var name : names) {
      var stay = staying(name);
      least.put(name, stay.size());
      works += (int) stay.stream().filter(working::contains).count();
    }
    int spare = works - facts.needs().ofFleets(zone);
    if (spare < 0) {
      // Whatever comes to work until the cluster is asked again is needed as well.
      int missing = -spare;
      least.replaceAll((name, keeps) -> keeps + missing);
      return least;
    }
    deal(spare, names, least);
    return least;
  }

  private void deal(int spare, List<String> names, SortedMap<String, Integer> least) {
    long turn = facts.now.getEpochSecond() / TURN.toSeconds();
    var inTurn = new ArrayList<>(names);
    Collections.rotate(inTurn, (int) (turn % names.size()));
    for (int left = spare; left > 0; ) {
      int before = left;
      for (var name : inTurn) {
        int keeps = least.getOrDefault(name, 0);
        if (left > 0 && keeps > 0) {
          least.put(name, keeps - 1);
          left--;
        }
      }
      if (left == before) {
        return;
      }
    }
  }

  /** Those in the cluster that nobody asks for and EC2 does not take. */
  private Set<NodeName> staying(String fleet) {
    return facts.view.machines().stream()
        .filter(each -> each.fleet().filter(fleet::equals).isPresent())
        .filter(each -> each.releaseRequest().isEmpty() && each.leavesAt().isEmpty())
        .map(SpotMachine::node)
        .filter(node -> facts.cluster.node(node).isPresent())
        .collect(Collectors.toSet());
  }
}
