package dev.caretaker.world;

import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView.Role;
import dev.caretaker.elastic.model.ZoneName;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** A machine with its disk, and the node process on it. */
final class Machine {
  final NodeName name;
  final ZoneName zone;
  final Set<Role> roles;
  final long diskTotal;

  /** Bytes on the disk that are not shards. */
  long otherBytes;

  final Map<Shard, Stored> store = new LinkedHashMap<>();
  NodeId id;
  String ephemeralId = "";
  String incarnation = "";
  State process = State.RUNNING;

  /** By the true clock. */
  long startedAt;

  /** Seconds by which the machine's clock is wrong. */
  long clockSkew;

  /** What an ES 6 node believes the quorum is. */
  int minimumMasterNodes;

  /** From when the started process can take part in elections and join. */
  long bootedAt;

  /** Of one recovery to or from it; 0 for the pace of the world. */
  long bytesPerSecond;

  /** Seconds that a start takes longer than usual. */
  long slowBy;

  /** When a process that was asked to stop has ended. */
  long endsAt = World.NEVER;

  /** When the master notices that the node is gone. */
  long leavesAt = World.NEVER;

  long frozenUntil = World.LONG_AGO;
  long unreachableUntil = World.LONG_AGO;

  /** Starts fail until then: the process dies again. */
  long failsUntil = World.LONG_AGO;

  /** Whether it was bought and has not joined yet. */
  boolean isNew;

  /** When EC2 said that it takes it, and when that will be. */
  long noticedAt = World.NEVER;

  long doomedAt = World.NEVER;

  /** Whether EC2 has taken it, with its disk. */
  boolean terminated;

  /** Whether the next start finds an empty disk. */
  boolean losesDisk;

  boolean member;

  /** In which incarnation the master knows it. */
  String knownAs = "";

  boolean excluded;

  /** Whether the flood stage blocks writes to what it holds. */
  boolean flooded;

  /** What the master's last disk sample said. */
  long sampledUsed;

  /** Whether Caretaker stopped it and it has not come back yet. */
  boolean stoppedByUs;

  /** How old the view was on which Caretaker stopped it. */
  long stoppedOnView = World.LONG_AGO;

  long stoppedAt = World.LONG_AGO;

  /** Shards of which it held a trusted, serving copy when Caretaker stopped it. */
  final Set<Shard> servedWhenStopped = new LinkedHashSet<>();

  long joinedAt = World.LONG_AGO;
  long faultAt = World.LONG_AGO;

  /** How often the disk was lost. */
  int wipes;

  int starts;

  // counted anew after each change of the routing table
  int copies;
  int incoming;
  int outgoing;

  /**
   * Bytes of relocations on their way here. Replicas that are being built are not counted, as in
   * Elasticsearch 6 and 7: several of them, decided on one sample, fill a disk beyond its mark.
   */
  long arriving;

  /** Bytes of every recovery on its way here; the disk does not show them yet. */
  long coming;

  long leaving;

  Machine(NodeName name, ZoneName zone, Set<Role> roles, long diskTotal, long otherBytes) {
    this.name = name;
    this.zone = zone;
    this.roles = Set.copyOf(roles);
    this.diskTotal = diskTotal;
    this.otherBytes = otherBytes;
    this.id = new NodeId("id-" + name);
    newIncarnation(0);
  }

  void newIncarnation(long now) {
    starts++;
    startedAt = now;
    ephemeralId = "e" + starts + "-" + name;
    incarnation = (1000 + starts) + "@" + now;
  }

  boolean frozen(long now) {
    return now < frozenUntil;
  }

  /** Whether the process could talk to others. */
  boolean up(long now) {
    return process == State.RUNNING && now >= bootedAt && endsAt == World.NEVER && !frozen(now);
  }

  /** Whether it still is in the incarnation in which the master knows it. */
  boolean isAsKnown() {
    return knownAs.equals(ephemeralId);
  }

  boolean eligible() {
    return roles.contains(Role.MASTER);
  }

  boolean holdsData() {
    return roles.contains(Role.DATA);
  }

  long used() {
    long used = otherBytes;
    for (var stored : store.values()) {
      used += stored.bytes;
    }
    return used;
  }

  /** The disk is lost; the next start makes a new node under the old name. */
  void wipe() {
    store.clear();
    servedWhenStopped.clear();
    losesDisk = true;
  }

  /** What a start finds. */
  void openDisk() {
    if (losesDisk) {
      losesDisk = false;
      store.clear();
      servedWhenStopped.clear();
      wipes++;
      id = new NodeId("id-" + name + "-" + wipes);
    }
  }

  @Override
  public String toString() {
    return name.toString();
  }
}
