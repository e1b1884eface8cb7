package dev.caretaker.contract;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.HostPort;
import dev.caretaker.world.World;

/** The simulated cluster, where a moment is a virtual second. */
record WorldGround(World world) implements Ground {
  private static final long SMALL = 1 << 20;
  private static final long SLOW = 4L << 30;
  private static final int LONGEST_WAIT = 600;

  static Ground prepare() {
    return new WorldGround(
        World.builder(1)
            .node("backup1", "backup")
            .node("backup2", "backup")
            .node("spot1", "spot")
            .build());
  }

  @Override
  public EsPort engine() {
    return world.engine();
  }

  @Override
  public HostPort hosts() {
    return world.hosts();
  }

  @Override
  public void createIndex(String name, int shards, int replicas) {
    world.people().createIndex(name, shards, replicas, SMALL, 0);
    world.advance(5);
  }

  @Override
  public void createSlowIndex(String name) {
    world.people().createIndex(name, 1, 0, SLOW, 0);
    world.advance(5);
  }

  @Override
  public void wipe(NodeName node) {
    world.people().lose(node);
  }

  @Override
  public void freeze(NodeName node) {
    // Shorter than the engines take to give a node up.
    world.people().freeze(node, 30);
    world.advance(1);
  }

  @Override
  public void thaw(NodeName node) {
    world.people().restoreAll();
  }

  @Override
  public void aWhile() {
    world.advance(30);
  }

  @Override
  public boolean aMoment(int looksSoFar) {
    world.advance(1);
    return looksSoFar < LONGEST_WAIT;
  }

  @Override
  public void close() {
    // Nothing runs on.
  }
}
