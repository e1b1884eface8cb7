package dev.caretaker.elastic.handshake;

import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.SpotMachine;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How far the machines have come that fleets ask for. Which are being emptied is told by the
 * exclusions in the cluster.
 *
 * @param released for good; what keeps a machine from ever being started again
 * @param leaving the machine that is being stopped; one at a time
 * @param waiting since when machines wait for their host to answer, or for their node to join
 */
public record HandshakeProgress(
    List<Released> released, Optional<Leaving> leaving, SortedMap<NodeName, Instant> waiting) {
  public static final HandshakeProgress NONE =
      new HandshakeProgress(List.of(), Optional.empty(), new TreeMap<>());

  /** As many as a status lists. */
  private static final int MOST = 200;

  public HandshakeProgress {
    released = List.copyOf(released);
    waiting = Collections.unmodifiableSortedMap(new TreeMap<>(waiting));
  }

  /** Whether the machine of this node was released. */
  public boolean isReleased(NodeName node) {
    return released.stream().anyMatch(each -> each.instanceId().equals(node.value()));
  }

  /** Whether the machine of this node is being stopped. */
  boolean isLeaving(NodeName node) {
    return leaving.filter(each -> each.member().name().equals(node)).isPresent();
  }

  /** Whether no other machine can be answered for before a fleet takes one away. */
  public boolean full() {
    return released.size() >= MOST;
  }

  public HandshakeProgress with(Optional<Leaving> next) {
    return new HandshakeProgress(released, next, waiting);
  }

  /** The same with these answers. */
  public HandshakeProgress withReleased(List<Released> answers) {
    return new HandshakeProgress(answers, leaving, waiting);
  }

  /** The same with these machines waiting. */
  HandshakeProgress withWaiting(SortedMap<NodeName, Instant> since) {
    return new HandshakeProgress(released, leaving, since);
  }

  /** The same with one machine more released; it is leaving no more. */
  HandshakeProgress releasing(SpotMachine machine, String request, Instant now) {
    var all = new ArrayList<>(released);
    all.add(new Released(request, machine.instanceId(), now));
    return new HandshakeProgress(all, leaving.filter(each -> !isOf(each, machine)), waiting);
  }

  private static boolean isOf(Leaving leaving, SpotMachine machine) {
    return leaving.member().name().equals(machine.node());
  }

  /** Answers the requests that stand, and forgets the machines that are gone. */
  HandshakeProgress refreshed(EsView view) {
    var listed = new ArrayList<Released>();
    var unlisted = new ArrayList<Released>();
    for (var each : released) {
      var machine = view.machine(new NodeName(each.instanceId()));
      if (machine.isEmpty()) {
        unlisted.add(each);
      } else {
        var request = machine.get().releaseRequest().orElse(each.requestId());
        listed.add(new Released(request, each.instanceId(), each.at()));
      }
    }
    var kept = new ArrayList<>(unlisted.subList(forgotten(listed, unlisted), unlisted.size()));
    kept.addAll(listed);
    return withReleased(kept);
  }

  /** What no fleet lists is kept as long as there is room: a list may be cut, or not be read. */
  private static int forgotten(List<Released> listed, List<Released> unlisted) {
    int room = Math.max(0, MOST - 1 - listed.size());
    return Math.max(0, unlisted.size() - room);
  }

  /** What a mark tells where the status was lost. */
  public HandshakeProgress rebuilt(Mark mark, Instant now) {
    return with(mark.leaving().stream().findFirst().map(member -> new Leaving(member, now)));
  }
}
