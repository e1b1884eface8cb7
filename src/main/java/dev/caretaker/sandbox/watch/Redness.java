package dev.caretaker.sandbox.watch;

import dev.caretaker.sandbox.watch.Copy.Shard;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Watches for primaries that do not serve. A shard that never served yet gets a moment: every new
 * index is red for an instant. Any other inactive primary is red at the first look, unless the
 * scenario itself killed the only copy that the shard ever had.
 */
public final class Redness {

  /**
   * What a master on a busy machine may need to give the first primary of a shard a place. Where
   * the settings forbid it, there is none for as long as they stand, which is longer than a node
   * takes to stop and to start.
   */
  static final Duration MOMENT = Duration.ofSeconds(10);

  /** What a node on a busy machine may need to open it. */
  static final Duration OPENING = Duration.ofSeconds(30);

  private final Map<Shard, Integer> mostActive = new HashMap<>();
  private final Map<Shard, Instant> newbornSince = new HashMap<>();
  private final Map<Shard, Set<String>> lastActiveOn = new HashMap<>();
  private final Set<Shard> red = new HashSet<>();
  private final Map<Shard, String> newbornRed =
      new TreeMap<>(Comparator.comparing(Shard::toString));
  private final Set<Shard> excusable = new HashSet<>();
  private final Set<Shard> redByOwnKill = new HashSet<>();

  /** The scenario is about to kill a node: what has its one and only copy there may go red. */
  public synchronized void aboutToKill(String node) {
    lastActiveOn.forEach(
        (shard, nodes) -> {
          if (nodes.equals(Set.of(node)) && mostActive.getOrDefault(shard, 0) == 1) {
            excusable.add(shard);
          }
        });
  }

  synchronized void accept(Look look) {
    var activeOn = new HashMap<Shard, Set<String>>();
    for (var copy : look.copies()) {
      var nodes = activeOn.computeIfAbsent(copy.shard(), shard -> new TreeSet<>());
      if (copy.active()) {
        copy.node().ifPresent(nodes::add);
      }
    }
    for (var copy : look.copies()) {
      if (copy.primary()) {
        judge(copy, look.at());
      }
    }
    activeOn.forEach((shard, nodes) -> mostActive.merge(shard, nodes.size(), Math::max));
    lastActiveOn.clear();
    lastActiveOn.putAll(activeOn);
  }

  private void judge(Copy primary, Instant at) {
    var shard = primary.shard();
    if (primary.active()) {
      newbornSince.remove(shard);
    } else if (mostActive.getOrDefault(shard, 0) > 0) {
      (excusable.contains(shard) ? redByOwnKill : red).add(shard);
    } else {
      var since = newbornSince.computeIfAbsent(shard, unseen -> at);
      var patience = primary.state().equals("INITIALIZING") ? OPENING : MOMENT;
      if (Duration.between(since, at).compareTo(patience) > 0) {
        newbornRed.putIfAbsent(
            shard, primary.state() + " at " + at + ", first seen without a primary at " + since);
      }
    }
  }

  /** Shards that were red though they had served before. */
  public synchronized Set<Shard> red() {
    return Set.copyOf(red);
  }

  /** Shards that took too long to serve for the first time, and what was seen. */
  public synchronized Map<Shard, String> newbornRed() {
    return new LinkedHashMap<>(newbornRed);
  }

  /** Shards whose only copy ever was on a node that the scenario killed. */
  public synchronized Set<Shard> redByOwnKill() {
    return Set.copyOf(redByOwnKill);
  }
}
