package dev.caretaker.world;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.policy.EsPolicy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/** What Caretaker leaves behind in a world, and whose settings it would write over. */
public final class Remains {
  private final World world;

  public Remains(World world) {
    this.world = world;
  }

  /** What is not as it was declared, at the end of everything. */
  public List<Harm> atTheEnd(EsPolicy policy) {
    var harms = new ArrayList<Harm>();
    routing(policy, harms);
    mark(policy, harms);
    for (var index : world.indices.values()) {
      if (index.replicas != index.declaredReplicas) {
        harms.add(new Harm("Replicas", index.name + " has " + index.replicas + " replicas"));
      }
    }
    harms.addAll(stopped());
    return harms;
  }

  /** Takes in that Caretaker says a machine may go; says what is wrong with that. */
  public List<Harm> release(NodeName node) {
    var harms = new ArrayList<Harm>();
    world
        .machine(node)
        .ifPresent(
            machine -> {
              if (machine.member || machine.process == State.RUNNING) {
                harms.add(new Harm("ReleasedAtWork", machine + " is " + machine.process));
              }
              for (var shard : world.shards) {
                if (shard.isOn(machine) || (shard.trusts(machine) && !shard.allActive())) {
                  harms.add(new Harm("ReleasedWithCopy", machine + " holds a copy of " + shard));
                }
              }
              harms.addAll(votes(machine));
              world.processes.release(machine);
            });
    return harms;
  }

  /** One more loss breaks the majority, and would not have with the machine in the cluster. */
  private List<Harm> votes(Machine machine) {
    boolean struck =
        world.machines.stream()
            .anyMatch(
                each ->
                    each.eligible()
                        && (each.faultAt >= machine.stoppedOnView || !each.up(world.now))
                        && each != machine);
    boolean ours = machine.stoppedByUs && machine.eligible() && !struck;
    boolean fragile =
        ours
            && !world.membership.couldLoseAnother(Set.of())
            && world.membership.couldLoseAnother(Set.of(machine));
    return fragile
        ? List.of(new Harm("Fragile", "no master may be lost any more without " + machine))
        : List.of();
  }

  /** Nodes that are not at work, and shards that are red. */
  public List<Harm> stopped() {
    var harms = new ArrayList<Harm>();
    for (var machine : world.machines) {
      if (machine.process != State.RUNNING || !machine.member) {
        harms.add(new Harm("LeftStopped", machine + " is " + machine.process));
      }
    }
    for (var shard : world.shards) {
      // what never found a place on full disks is nobody's doing
      if (shard.red() && !shard.inSync.isEmpty()) {
        harms.add(new Harm("LeftRed", shard + " is red"));
      }
    }
    return harms;
  }

  /** Selected nodes whose process is older than what was asked, by true time and own clock. */
  public List<Harm> notBounced(EsPolicy policy, Instant restartedAt) {
    var harms = new ArrayList<Harm>();
    for (var machine : world.machines) {
      boolean selected = selects(policy, machine);
      boolean oldTruly = World.at(machine.startedAt).isBefore(restartedAt);
      boolean oldByClock = World.at(machine.startedAt + machine.clockSkew).isBefore(restartedAt);
      if (selected && oldTruly && oldByClock) {
        harms.add(new Harm("NotBounced", machine + " runs as " + machine.incarnation));
      }
    }
    return harms;
  }

  private static boolean selects(EsPolicy policy, Machine machine) {
    var zones = policy.rollout().selectZones();
    var nodes = policy.rollout().selectNodes();
    return (zones.isEmpty() || zones.contains(machine.zone))
        && (nodes.isEmpty() || nodes.contains(machine.name));
  }

  /** The name of a node that has or had this id. */
  public Optional<NodeName> nameOf(NodeId id) {
    return world.machines.stream()
        .filter(machine -> machine.id.equals(id))
        .map(machine -> machine.name)
        .findFirst();
  }

  /** Whether the policy asks for this node to be bounced. */
  public boolean selects(EsPolicy policy, NodeName node) {
    return world.machine(node).filter(machine -> selects(policy, machine)).isPresent();
  }

  private void routing(EsPolicy policy, List<Harm> harms) {
    var wanted = policy.baseline().settings(World.ZONE, world.settings.view());
    for (var key : Routing.keys(World.ZONE)) {
      var is = Optional.ofNullable(world.settings.persistent().get(key)).map(Settings.Value::text);
      var should = wanted.getOrDefault(key, Optional.empty());
      if (!is.equals(should)) {
        harms.add(new Harm("Leaked", key + " is " + is + ", declared " + should));
      }
      if (world.settings.transientScope().containsKey(key)) {
        harms.add(new Harm("Leaked", key + " stands in the transient scope"));
      }
    }
  }

  private void mark(EsPolicy policy, List<Harm> harms) {
    var mark = Mark.in(world.settings.view().persistent());
    boolean declares =
        !Routing.present(policy.baseline().settings(World.ZONE, world.settings.view())).isEmpty();
    if (mark.isPresent() && !declares) {
      harms.add(new Harm("Leaked", "the mark stands: " + mark.get()));
    }
  }

  /**
   * Values of somebody else that the write would change in effect, and that stood there already on
   * the view it was decided on.
   */
  public List<String> overwritten(EsPolicy policy, EsAction.PutSettings put, long viewTick) {
    var found = new ArrayList<String>();
    overwritten(world.settings.persistent(), put.persistent(), viewTick, found);
    overwritten(world.settings.transientScope(), put.transientScope(), viewTick, found);
    policy.adopt().ifPresent(owner -> found.removeIf(line -> line.startsWith(Mark.PREFIX)));
    return found;
  }

  private void overwritten(
      SortedMap<String, Settings.Value> scope,
      Map<String, Optional<String>> changes,
      long viewTick,
      List<String> found) {
    changes.forEach(
        (key, text) -> {
          var stands = scope.get(key);
          if (stands != null && !stands.ours() && stands.at() < viewTick) {
            var effect = text.orElse(world.settings.below(key));
            if (!stands.text().equals(effect)) {
              found.add(key + "=" + stands.text() + " becomes " + text.orElse("null"));
            }
          }
        });
  }

  /** Whether what a person wrote is obeyed on a routing key, and is not what would hold anyway. */
  public boolean steeredByAPerson() {
    return Routing.keys(World.ZONE).stream()
        .filter(world.settings::foreign)
        .map(key -> Map.entry(key, world.settings.inForce(key, "")))
        .anyMatch(each -> !each.getValue().equals(world.settings.below(each.getKey())));
  }

  /** Whether a mark stands. */
  public boolean marked() {
    return owner().isPresent();
  }

  /** Whose mark stands, where it is not the policy's. */
  public Optional<String> foreignMark(EsPolicy policy) {
    return owner()
        .filter(owner -> !owner.equals(policy.owner()))
        .filter(owner -> policy.adopt().filter(owner::equals).isEmpty());
  }

  private Optional<String> owner() {
    return Optional.ofNullable(world.settings.persistent().get(Mark.PREFIX + "owner"))
        .map(Settings.Value::text);
  }
}
