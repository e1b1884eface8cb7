package dev.caretaker.world;

import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.elastic.policy.RolloutPolicy.Shelter;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at the true state of a world for harm that Caretaker did. It knows no guard's sentence: it
 * asks what is broken, or what one more misfortune would break, that would be whole had Caretaker
 * stopped nothing. What a misfortune did that no view could show yet is not blamed.
 */
public final class Harms {
  /** A replica may be given up for lost, and rebuilt elsewhere, when its node is away for long. */
  private static final long PATIENCE = 300;

  private final World world;

  public Harms(World world) {
    this.world = world;
  }

  /** The harm that is done now, under the policy that Caretaker acts on. */
  public List<Harm> now(EsPolicy policy) {
    var harms = new ArrayList<Harm>();
    var down = new ArrayList<Machine>();
    for (var machine : world.machines) {
      if (machine.stoppedByUs) {
        down.add(machine);
      }
    }
    for (var shard : world.shards) {
      lost(shard).ifPresent(harms::add);
    }
    flood(harms);
    stranded(harms);
    world.wasted.forEach(sentence -> harms.add(new Harm("Wasted", sentence)));
    world.wasted.clear();
    if (!down.isEmpty()) {
      tooMany(policy, down, harms);
      quorum(policy, down, harms);
      gone(policy, down, harms);
      for (var shard : world.shards) {
        exposed(policy, shard, down).ifPresent(harms::add);
      }
      storm(harms);
    }
    return harms;
  }

  /** A serving primary that lacks what was acknowledged. */
  private Optional<Harm> lost(Shard shard) {
    var primary = shard.primary();
    var machine = primary.machine;
    var stored = machine == null ? null : machine.store.get(shard);
    boolean serves = primary.active() && machine != null && machine.up(world.now);
    if (!serves || stored == null || stored.documents >= shard.acknowledged) {
      return Optional.empty();
    }
    long missing = shard.acknowledged - stored.documents;
    return Optional.of(new Harm("Lost", shard + " lacks " + missing + " acknowledged writes"));
  }

  /** A disk above the flood stage that would be below without what Caretaker sent there. */
  private void flood(List<Harm> harms) {
    long others = Math.max(world.outsideFaultAt, world.foreignWriteAt);
    for (var machine : world.machines) {
      if (machine.flooded) {
        long sent = 0;
        for (var shard : world.shards) {
          for (var copy : shard.copies) {
            sent += copy.sentTo(machine, others) ? shard.bytes : 0;
          }
        }
        double stage = Deciders.FLOOD * machine.diskTotal;
        if (machine.used() >= stage && machine.used() - sent < stage) {
          harms.add(new Harm("Flood", machine + " is above the flood stage by " + sent + " bytes"));
        }
      }
    }
  }

  private void tooMany(EsPolicy policy, List<Machine> down, List<Harm> harms) {
    for (var machine : down) {
      long together =
          world.machines.stream()
              .filter(each -> each.zone.equals(machine.zone))
              .filter(each -> down.contains(each) || wasAnnounced(each, machine))
              .count();
      if (together > policy.rollout().maxUnavailablePerZone()) {
        harms.add(new Harm("TooMany", together + " nodes of " + machine.zone + " are down"));
        return;
      }
    }
  }

  /** EC2 has taken it, and had said so before the other one was stopped. */
  private boolean wasAnnounced(Machine gone, Machine stopped) {
    return gone.noticedAt < stopped.stoppedOnView && !gone.up(world.now);
  }

  private void quorum(EsPolicy policy, List<Machine> down, List<Harm> harms) {
    boolean accepted = policy.rollout().accepts(Structural.QUORUM_MISMATCH, world.instant());
    boolean ours =
        !world.membership.hasQuorum(Set.of()) && world.membership.hasQuorum(new HashSet<>(down));
    if (ours && !accepted) {
      long view = down.stream().mapToLong(each -> each.stoppedOnView).max().orElseThrow();
      boolean misfortune =
          world.reclaimedAt >= view
              || world.machines.stream().anyMatch(each -> each.eligible() && each.faultAt >= view);
      if (!misfortune) {
        harms.add(new Harm("Quorum", "no majority of masters without " + down));
      }
    }
  }

  /** A zone, or a role, of which nothing is left. */
  private void gone(EsPolicy policy, List<Machine> down, List<Harm> harms) {
    boolean accepted = policy.rollout().accepts(Structural.SINGLE_NODE_ZONE, world.instant());
    for (var machine : down) {
      var zone = world.machines.stream().filter(each -> each.zone.equals(machine.zone)).toList();
      if (allAway(zone, machine) && !(accepted && zone.size() == 1)) {
        harms.add(new Harm("ZoneGone", "nothing is left of " + machine.zone));
      }
      for (var role : List.of(Role.MASTER, Role.DATA)) {
        var same = world.machines.stream().filter(each -> each.roles.contains(role)).toList();
        if (machine.roles.contains(role) && allAway(same, machine)) {
          harms.add(new Harm("RoleGone", "no " + role + " node is left"));
        }
      }
    }
  }

  private boolean allAway(List<Machine> machines, Machine stopped) {
    long view = stopped.stoppedOnView;
    return world.reclaimedAt < view
        && machines.stream().noneMatch(each -> each.up(world.now) || each.faultAt >= view);
  }

  /** Red by our stop, or red with data gone if what may vanish did so now. */
  private Optional<Harm> exposed(EsPolicy policy, Shard shard, List<Machine> down) {
    long view = World.LONG_AGO;
    for (var machine : down) {
      if (machine.servedWhenStopped.contains(shard)) {
        view = Math.max(view, machine.stoppedOnView);
      }
    }
    boolean excused = shard.faultAt >= view;
    boolean accepted = policy.rollout().acceptsZeroReplicas(shard.index.name, world.instant());
    if (view == World.LONG_AGO || excused || accepted) {
      return Optional.empty();
    }
    if (shard.red()) {
      return Optional.of(new Harm("Red", shard + " is red without " + down));
    }
    if (movedForSomebodyElse(shard, view)) {
      return Optional.empty();
    }
    var may = dying(down, view);
    if (policy.rollout().shelter() == Shelter.REQUIRED && !loneReliable(policy, down)) {
      may.addAll(vanishing(policy));
    }
    return may.stream()
        .filter(vanished -> !survives(shard, vanished, List.of()))
        .filter(vanished -> survives(shard, vanished, down))
        .map(vanished -> new Harm("Exposed", shard + " would be lost with " + vanished))
        .findFirst();
  }

  /** Somebody changed settings after our stop, and the engine moved a copy for that. */
  private boolean movedForSomebodyElse(Shard shard, long view) {
    if (world.foreignWriteAt < view) {
      return false;
    }
    for (var copy : shard.copies) {
      if (copy.active() && !copy.provoked && copy.steeredAt >= view) {
        return true;
      }
    }
    return false;
  }

  /** Every single risky machine, and all of them at once. */
  private List<Set<Machine>> vanishing(EsPolicy policy) {
    var sets = new ArrayList<Set<Machine>>();
    var risky = new LinkedHashSet<Machine>();
    for (var machine : world.machines) {
      if (!policy.reliable(machine.zone) && !machine.stoppedByUs) {
        sets.add(Set.of(machine));
        risky.add(machine);
      }
    }
    sets.add(risky);
    return sets;
  }

  /**
   * What is left of a zone that had lost half of its machines when we looked is likely to go as
   * well.
   */
  private List<Set<Machine>> dying(List<Machine> down, long view) {
    var sets = new ArrayList<Set<Machine>>();
    for (var first : world.machines) {
      var zone = world.machines.stream().filter(each -> each.zone.equals(first.zone)).toList();
      var rest = new LinkedHashSet<Machine>();
      int gone = 0;
      for (var machine : zone) {
        if (machine.up(world.now)) {
          rest.add(machine);
        } else if (!down.contains(machine) && !machine.isNew && machine.faultAt < view) {
          gone++;
        }
      }
      boolean firstOfItsZone = zone.get(0) == first;
      if (firstOfItsZone && zone.size() >= 3 && 2 * gone >= zone.size()) {
        sets.add(rest);
      }
    }
    return sets;
  }

  /** The only node of its zone, accepted by name, takes the zone's shelter with it. */
  private boolean loneReliable(EsPolicy policy, List<Machine> down) {
    return policy.rollout().accepts(Structural.SINGLE_NODE_ZONE, world.instant())
        && down.stream().anyMatch(each -> alone(each) && policy.reliable(each.zone));
  }

  private boolean alone(Machine machine) {
    return world.machines.stream().filter(each -> each.zone.equals(machine.zone)).count() == 1;
  }

  /** Whether a trusted copy is left, if those in {@code spared} had never been stopped. */
  private boolean survives(Shard shard, Set<Machine> vanished, List<Machine> spared) {
    for (var machine : world.machines) {
      boolean there = !vanished.contains(machine);
      boolean had = spared.contains(machine) && machine.servedWhenStopped.contains(shard);
      if (there && (had || shard.trusts(machine))) {
        return true;
      }
    }
    return false;
  }

  /** A copy that cannot come back to its node, for a setting that stood when we stopped it. */
  private void stranded(List<Harm> harms) {
    for (var shard : world.shards) {
      for (var copy : shard.copies) {
        var left = copy.leftFrom;
        boolean waits =
            left != null
                && copy.unassigned()
                && copy.provoked
                && left.member
                && left.faultAt < left.stoppedOnView
                && world.now > left.joinedAt + PATIENCE;
        if (left != null && waits && world.foreignWriteAt < left.stoppedOnView && hinders(copy)) {
          harms.add(new Harm("Stranded", shard + " does not come back to " + left));
        }
      }
    }
  }

  /** Whether somebody else's value keeps the copy from being assigned. */
  private boolean hinders(Copy copy) {
    return !world.deciders.allows(copy) && world.settings.foreign(Routing.ENABLE);
  }

  /** A replica of a node that is briefly away is built elsewhere, for nothing. */
  private void storm(List<Harm> harms) {
    for (var shard : world.shards) {
      for (var copy : shard.copies) {
        var left = copy.leftFrom;
        boolean needless =
            left != null
                && left.stoppedByUs
                && copy.leftAt >= left.stoppedAt
                && !copy.byCommand
                && copy.receiver() != null
                && copy.receiver() != left
                && left.faultAt < left.stoppedOnView
                && world.foreignWriteAt < left.stoppedOnView
                && world.now < left.stoppedAt + PATIENCE;
        if (needless) {
          harms.add(new Harm("Storm", shard + " is rebuilt while " + left + " is briefly away"));
        }
      }
    }
  }
}
