package dev.caretaker.world.simulation;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.Approval;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.EsPolicy.AllocationPolicy;
import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.elastic.policy.Window;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The spec as it stands, and its changes. */
final class Wishes {
  private EsPolicy policy;
  private List<String> otherOwners = List.of();

  Wishes(EsPolicy policy) {
    this.policy = policy;
  }

  EsPolicy policy() {
    return policy;
  }

  List<String> otherOwners() {
    return otherOwners;
  }

  void otherOwners(List<String> owners) {
    otherOwners = owners;
  }

  void pause(boolean paused) {
    change(policy.rollout(), policy.allocation(), paused);
  }

  void restartedAt(Optional<Instant> at) {
    change(policy.rollout().restartedAt(at), policy.allocation(), policy.paused());
  }

  void windows(List<Window> windows) {
    change(policy.rollout().within(windows), policy.allocation(), policy.paused());
  }

  void approve(String plan) {
    policy = policy.with(Approval.of(policy.rollout().approval().mode(), plan));
  }

  void exclude(Set<NodeName> nodes, Set<ZoneName> zones) {
    var allocation = policy.allocation();
    var changed =
        new AllocationPolicy(
            allocation.enable(),
            new TreeSet<>(nodes),
            new TreeSet<>(zones),
            allocation.conflicts());
    change(policy.rollout(), changed, policy.paused());
  }

  private void change(RolloutPolicy rollout, AllocationPolicy allocation, boolean paused) {
    policy =
        new EsPolicy(
            policy.owner(),
            policy.adopt(),
            policy.zoneAttribute(),
            policy.zones(),
            policy.hosts(),
            policy.fleets(),
            rollout,
            allocation,
            paused,
            policy.deleting(),
            policy.readyWhen());
  }
}
