package dev.caretaker.world;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.elastic.model.ShardCopy.State;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The simulated cluster as a client sees it. */
final class WorldEngine implements EsPort {
  private final World world;

  WorldEngine(World world) {
    this.world = world;
  }

  /** A frozen master stalls every answer; where nobody leads, a node answers for itself. */
  @Override
  public Observed<ClusterView> read(Set<ShardId> explain) {
    if (!anyoneUp()) {
      return Observed.unknown("connection refused by every endpoint");
    }
    if (world.membership.master() != null && !world.membership.hasMaster()) {
      return Observed.unknown("the cluster state was not answered in time");
    }
    return Observed.known(world.snapshots.take(explain));
  }

  /** A search goes to every node and stalls with any of them. */
  @Override
  public Observed<Boolean> probe() {
    if (!anyoneUp()) {
      return Observed.unknown("connection refused by every endpoint");
    }
    for (var machine : world.machines) {
      if (machine.member && machine.frozen(world.now)) {
        return Observed.known(false);
      }
    }
    return Observed.known(true);
  }

  @Override
  public Observed<List<Recovery>> recoveries() {
    var recoveries = new ArrayList<Recovery>();
    for (var shard : world.shards) {
      for (var copy : shard.copies) {
        if (copy.recovery != null) {
          recoveries.add(copy.recovery);
        }
      }
    }
    return Observed.known(List.copyOf(recoveries));
  }

  private boolean anyoneUp() {
    for (var machine : world.machines) {
      if (machine.up(world.now)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void perform(EsAction.OnEngine action) throws PortException {
    if (!world.membership.hasMaster()) {
      throw new PortException(Kind.UNKNOWN_OUTCOME, "no master took it in time");
    }
    if (action instanceof EsAction.PutSettings put) {
      putSettings(put);
    } else if (action instanceof EsAction.MoveShard move) {
      move(move);
    } else if (action instanceof EsAction.AllocateReplica allocate) {
      allocate(allocate);
    } else if (action instanceof EsAction.SetReplicas set) {
      setReplicas(set);
    }
  }

  private void putSettings(EsAction.PutSettings put) throws PortException {
    var rejection =
        Settings.rejects(put.persistent()).or(() -> Settings.rejects(put.transientScope()));
    if (rejection.isPresent()) {
      throw new PortException(Kind.REFUSED, rejection.get());
    }
    world.settings.write(put.persistent(), put.transientScope(), true, world.now);
    world.settingsChanged();
  }

  private void move(EsAction.MoveShard move) throws PortException {
    var target = member(move.to());
    for (var copy : shard(move.shard()).copies) {
      var from = copy.machine;
      if (copy.state == State.STARTED && from != null && from.id.equals(move.from())) {
        require(copy, target);
        copy.provoke(world.now);
        world.placement.relocate(copy, target);
        return;
      }
    }
    throw new PortException(Kind.REFUSED, "no started copy of " + move.shard() + " there");
  }

  private void allocate(EsAction.AllocateReplica allocate) throws PortException {
    var target = member(allocate.to());
    var shard = shard(allocate.shard());
    for (var copy : shard.copies) {
      if (!copy.primary && copy.unassigned() && shard.primary().active()) {
        require(copy, target);
        copy.provoke(world.now);
        copy.byCommand = true;
        world.placement.initialize(copy, target);
        return;
      }
    }
    throw new PortException(Kind.REFUSED, "no unassigned replica of " + allocate.shard());
  }

  private void require(Copy copy, Machine target) throws PortException {
    var decider = world.deciders.forbidsExplicit(copy, target);
    if (decider != null) {
      throw new PortException(Kind.REFUSED, "decider " + decider + " said NO for " + target);
    }
  }

  private void setReplicas(EsAction.SetReplicas set) throws PortException {
    var index = world.indices.get(set.index());
    if (index == null || index.replicas != set.from()) {
      throw new PortException(Kind.REFUSED, "the replica count is no longer " + set.from());
    }
    world.placement.setReplicas(index, set.to());
    if (set.to() > set.from()) {
      index.shards.forEach(shard -> shard.copies.get(shard.copies.size() - 1).provoke(world.now));
    }
  }

  private Shard shard(ShardId id) throws PortException {
    for (var shard : world.shards) {
      if (shard.id.equals(id)) {
        return shard;
      }
    }
    throw new PortException(Kind.REFUSED, "no shard " + id);
  }

  private Machine member(NodeId id) throws PortException {
    for (var machine : world.machines) {
      if (machine.member && machine.holdsData() && machine.id.equals(id)) {
        return machine;
      }
    }
    throw new PortException(Kind.REFUSED, "no data node " + id);
  }
}
