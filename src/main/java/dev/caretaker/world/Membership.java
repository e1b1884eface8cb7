package dev.caretaker.world;

import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.NodeId;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who is in the cluster, who leads it, and who has a vote. */
final class Membership {
  /** Until a data node that does not answer is removed (8.x). */
  private static final long FROZEN_NODE = 33;

  /** Until a master that does not answer is replaced (8.x). */
  private static final long FROZEN_MASTER = 63;

  private final World world;
  private @Nullable Machine master;
  private long electionAt;
  private long electedAt = World.LONG_AGO;
  private Set<NodeId> voters = new LinkedHashSet<>();

  Membership(World world) {
    this.world = world;
  }

  /** Whether somebody leads and answers. */
  boolean hasMaster() {
    return master != null && master.up(world.now);
  }

  /** Who leads as far as the others know; a frozen master still does. */
  @Nullable Machine master() {
    return master;
  }

  Set<NodeId> voters() {
    return voters;
  }

  /** Forms the cluster of all machines at once. */
  void form() {
    for (var machine : world.machines) {
      machine.member = true;
      machine.bootedAt = 0;
      machine.knownAs = machine.ephemeralId;
    }
    master = candidate();
    reconfigure();
  }

  /** Takes over who leads and who has a vote. */
  void found(@Nullable Machine leader, Set<NodeId> voting) {
    master = leader;
    voters = new LinkedHashSet<>(voting);
  }

  void tick() {
    for (var machine : world.machines) {
      if (machine.endsAt <= world.now) {
        end(machine);
      }
    }
    lead();
    // the new master takes a moment to see who is gone
    if (hasMaster() && world.now > electedAt) {
      for (var machine : world.machines) {
        admit(machine);
      }
    }
  }

  private void end(Machine machine) {
    machine.endsAt = World.NEVER;
    machine.process = State.STOPPED;
    world.changed();
  }

  private void lead() {
    var leader = master;
    if (leader != null) {
      if (!leads(leader)) {
        world.log("the master " + leader + " leads no more");
        master = null;
        electionAt = world.now + (leader.process == State.DIED ? world.between(1, 4) : 1);
        world.changed();
      }
    } else if (world.now >= electionAt) {
      master = candidate();
      if (master != null) {
        world.log(master + " is elected master");
        electedAt = world.now;
        world.changed();
      }
    }
  }

  private boolean leads(Machine leader) {
    boolean frozenShortly =
        leader.process == State.RUNNING && leader.frozen(world.now) && world.now < leader.leavesAt;
    return frozenShortly || (leader.up(world.now) && quorumFor(leader));
  }

  private @Nullable Machine candidate() {
    for (var machine : world.machines) {
      if (machine.eligible() && machine.up(world.now) && quorumFor(machine)) {
        return machine;
      }
    }
    return null;
  }

  private boolean quorumFor(Machine leader) {
    if (leader.minimumMasterNodes > 0) {
      return upEligible() >= leader.minimumMasterNodes;
    }
    return voters.isEmpty() || hasQuorum(Set.of());
  }

  /** Whether enough voters are up, counting those that Caretaker stopped as up if it asks so. */
  boolean hasQuorum(Set<Machine> alsoUp) {
    if (byMinimum()) {
      int most = 0;
      for (var machine : world.machines) {
        most = Math.max(most, machine.minimumMasterNodes);
      }
      return upEligible(alsoUp) >= most;
    }
    int up = 0;
    for (var machine : world.machines) {
      boolean counts = machine.up(world.now) || alsoUp.contains(machine);
      up += counts && voters.contains(machine.id) ? 1 : 0;
    }
    return 2 * up > voters.size();
  }

  private boolean byMinimum() {
    return world.machines.get(0).minimumMasterNodes > 0;
  }

  private int upEligible() {
    return upEligible(Set.of());
  }

  private int upEligible(Set<Machine> alsoUp) {
    int up = 0;
    for (var machine : world.machines) {
      boolean counts = machine.up(world.now) || alsoUp.contains(machine);
      up += machine.eligible() && counts ? 1 : 0;
    }
    return up;
  }

  private void admit(Machine machine) {
    if (machine.member) {
      boolean gone = !machine.up(world.now) && machine.leavesAt <= world.now;
      boolean restarted = !machine.isAsKnown();
      if (gone || restarted) {
        remove(machine);
      }
    } else if (machine.up(world.now)) {
      machine.member = true;
      machine.leavesAt = World.NEVER;
      machine.knownAs = machine.ephemeralId;
      machine.stoppedByUs = false;
      machine.isNew = false;
      machine.joinedAt = world.now;
      machine.sampledUsed = machine.used();
      world.log(machine + " joins as " + machine.id + ", " + machine.incarnation);
      world.deciders.refresh();
      world.placement.forgetLeftovers();
      reconfigure();
      world.changed();
    }
  }

  private void remove(Machine machine) {
    machine.member = false;
    machine.leavesAt = World.NEVER;
    world.log(machine + " leaves the cluster");
    world.placement.nodeLeft(machine);
    reconfigure();
  }

  /** A person bootstraps the cluster anew when the majority of its voters is gone for good. */
  void bootstrap() {
    int left = 0;
    for (var machine : world.machines) {
      boolean there = machine.eligible() && !machine.losesDisk && !machine.terminated;
      left += there && voters.contains(machine.id) ? 1 : 0;
    }
    lowerMinimum();
    for (var machine : world.machines) {
      if (machine.terminated && machine.member) {
        remove(machine);
      }
    }
    if (!byMinimum() && 2 * left <= voters.size()) {
      world.log("a person bootstraps the cluster");
      voters = new LinkedHashSet<>();
      for (var machine : world.machines) {
        if (machine.eligible() && !machine.terminated) {
          voters.add(machine.id);
        }
      }
    }
  }

  /** On ES 6, after masters are gone for good, somebody changes every elasticsearch.yml. */
  private void lowerMinimum() {
    long left = world.machines.stream().filter(each -> each.eligible() && !each.terminated).count();
    for (var machine : world.machines) {
      if (machine.minimumMasterNodes > left) {
        machine.minimumMasterNodes = (int) left / 2 + 1;
      }
    }
  }

  /** Whether the majority would survive the loss of each one that votes now. */
  boolean couldLoseAnother(Set<Machine> alsoUp) {
    for (var lost : world.machines) {
      if (lost.eligible() && lost.up(world.now) && !alsoUp.contains(lost)) {
        if (!hasQuorumWithout(lost, alsoUp)) {
          return false;
        }
      }
    }
    return true;
  }

  private boolean hasQuorumWithout(Machine lost, Set<Machine> alsoUp) {
    long until = lost.frozenUntil;
    lost.frozenUntil = World.NEVER;
    boolean quorum = hasQuorum(alsoUp);
    lost.frozenUntil = until;
    return quorum;
  }

  /** The process goes: the master hears of it within a second. */
  void goes(Machine machine) {
    machine.leavesAt = Math.min(machine.leavesAt, world.now + 1);
  }

  void freezes(Machine machine) {
    boolean leader = machine == master;
    machine.leavesAt = world.now + (leader ? FROZEN_MASTER : FROZEN_NODE);
  }

  /** Frozen for a while only: nobody noticed. */
  void thaws(Machine machine) {
    machine.leavesAt = World.NEVER;
  }

  /** As many votes as make an odd number, never fewer than three where there once were three. */
  private void reconfigure() {
    if (byMinimum()) {
      voters = eligibleMembers();
      return;
    }
    var live = eligibleMembers();
    int odd = live.size() % 2 == 0 ? live.size() - 1 : live.size();
    int size = Math.max(odd, voters.size() >= 3 ? 3 : 1);
    var next = new LinkedHashSet<NodeId>();
    if (master != null && master.eligible()) {
      next.add(master.id);
    }
    voters.stream().filter(live::contains).filter(id -> next.size() < size).forEach(next::add);
    live.stream().filter(id -> next.size() < size).forEach(next::add);
    voters.stream().filter(id -> next.size() < size).forEach(next::add);
    voters = next;
  }

  private Set<NodeId> eligibleMembers() {
    var members = new LinkedHashSet<NodeId>();
    for (var machine : world.machines) {
      if (machine.member && machine.eligible()) {
        members.add(machine.id);
      }
    }
    return members;
  }
}
