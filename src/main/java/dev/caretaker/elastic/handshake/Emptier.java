package dev.caretaker.elastic.handshake;

import dev.caretaker.elastic.drain.Exclusions;
import dev.caretaker.elastic.guard.ZoneIsNotFailing;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Which machines are emptied: what is being emptied goes on, a new one must be spared. */
record Emptier(MachineFacts facts, Exclusions exclusions, List<Refusal> hindrances) {

  /**
   * Which machines are emptied now. What was released must not get anything any more, as long as
   * its fleet lists it: its supervisor or a person may start it again.
   *
   * @param turn whether no rollout has begun a set
   */
  Emptying emptying(HandshakeProgress progress, boolean turn) {
    var nodes = new TreeSet<NodeName>();
    var barred = new TreeSet<NodeName>();
    var refusals = new ArrayList<Refusal>();
    var later = new ArrayList<SpotMachine>();
    for (var node : facts.released(progress)) {
      (facts.cluster.node(node).isPresent() ? nodes : barred).add(node);
    }
    for (var machine : facts.open(progress)) {
      var node = machine.node();
      boolean dispensable = facts.isGone(node) && facts.isNotNeeded(node);
      if (exclusions.isOurs(node) || progress.isLeaving(node)) {
        nodes.add(node);
      } else if (facts.cluster.node(node).isPresent()) {
        later.add(machine);
      } else if (dispensable && turn && hindrances.stream().allMatch(ZoneIsNotFailing::said)) {
        // Any other that is away is started first: what it holds may belong to its zone.
        nodes.add(node);
      }
    }
    boolean waits = false;
    for (var machine : later) {
      var against = against(machine, nodes);
      refusals.addAll(against);
      if (against.isEmpty() && hindrances.isEmpty()) {
        waits |= !turn;
        if (turn) {
          nodes.add(machine.node());
        }
      }
    }
    return new Emptying(nodes, barred, refusals, waits);
  }

  /** What would keep it from leaving once it is empty, and what its copies would lack. */
  private List<Refusal> against(SpotMachine machine, Set<NodeName> leaving) {
    var node = facts.cluster.node(machine.node()).orElseThrow();
    var with = new TreeSet<>(leaving);
    with.add(machine.node());
    var against = new ArrayList<Refusal>();
    exclusions.leavesNoPlace(with).ifPresent(against::add);
    facts.needs().against(node, leaving).ifPresent(against::add);
    against.addAll(facts.refusalsOnceEmpty(node));
    return against;
  }
}
