package dev.caretaker.elastic.handshake;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Refusal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Machines that wait for their host to answer or for their node to join; not for ever. */
record Waits(MachineFacts facts) {
  /** Longer than a host boots or a node of many shards takes to join. */
  private static final Duration DEADLINE = Duration.ofMinutes(10);

  /** Since when each of the machines waits that do now. */
  SortedMap<NodeName, Instant> since(HandshakeProgress before) {
    var since = new TreeMap<NodeName, Instant>();
    for (var machine : facts.open(before)) {
      var node = machine.node();
      if (hostIsSilent(node) || hasToJoin(node)) {
        since.put(node, before.waiting().getOrDefault(node, facts.now));
      }
    }
    return since;
  }

  /** What speaks for calling somebody, once a machine has waited for too long. */
  Optional<Refusal> refusal(HandshakeProgress progress, NodeName node) {
    return Optional.ofNullable(progress.waiting().get(node))
        .filter(since -> facts.now.isAfter(since.plus(DEADLINE)))
        .map(since -> hostIsSilent(node) ? hostAnswers(node, since) : joins(node, since));
  }

  private boolean hostIsSilent(NodeName node) {
    return facts.process(node).isEmpty();
  }

  private boolean hasToJoin(NodeName node) {
    return facts.cluster.node(node).isEmpty() && facts.runs(node);
  }

  private static Refusal hostAnswers(NodeName node, Instant since) {
    return new Refusal(
        "HostAnswers",
        "the host of " + node + " has not answered since " + since + ": its process is not known",
        List.of(node.value()),
        "reach the machine as spec.hosts.access says, or terminate it yourself if it is lost");
  }

  private static Refusal joins(NodeName node, Instant since) {
    return new Refusal(
        "HasToJoin",
        node + " runs and has not been in the cluster since " + since,
        List.of(node.value()),
        "see why in its log, or stop its process");
  }
}
