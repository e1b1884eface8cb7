package dev.caretaker.testkit;

import static dev.caretaker.testkit.ANode.aNode;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterSettings;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Engine;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Explanation;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardCopy.State;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.SpotMachine;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/**
 * A healthy cluster of two reliable and three risky nodes; every shard of its index {@code logs}
 * has its primary in zone {@code backup} and a replica in zone {@code spot}.
 */
public final class ACluster {
  private static final Bytes SHARD = new Bytes(1L << 30);

  private final Map<String, ANode> nodes = new LinkedHashMap<>();
  private final TreeMap<ShardId, List<ShardCopy>> copies = new TreeMap<>();
  private final TreeMap<String, IndexView> indices = new TreeMap<>();
  private final Map<ShardId, Bytes> sizes = new HashMap<>();
  private final Map<ShardId, Explanation> explanations = new HashMap<>();
  private final Map<String, String> persistent = new TreeMap<>();
  private final Map<String, String> transients = new TreeMap<>();
  private final Map<String, String> defaults = new TreeMap<>();
  private final Set<NodeId> voters = new HashSet<>();
  private Engine engine = new Engine(Engine.Flavour.ELASTICSEARCH, 8, "8.19.21");
  private String master = "backup1";
  private int pendingTasks = 0;
  private List<String> otherOwners = List.of();
  private final Map<String, SpotMachine> machines = new TreeMap<>();
  private String uuid = "cluster-uuid";
  private Optional<String> unread = Optional.empty();

  private ACluster() {}

  /** The healthy cluster, to be changed where a test is about something. */
  public static ACluster aCluster() {
    var cluster = new ACluster();
    for (var name : List.of("backup1", "backup2", "spot1", "spot2", "spot3")) {
      cluster.with(aNode(name));
    }
    for (int number = 0; number < 6; number++) {
      cluster.shard("logs", number, "backup" + (1 + number % 2), "spot" + (1 + number % 3));
    }
    return cluster;
  }

  /** A cluster without a node and a shard. */
  public static ACluster anEmptyCluster() {
    return new ACluster();
  }

  public ACluster with(ANode node) {
    nodes.put(node.name.value(), node);
    voters.remove(ANode.id(node.name.value()));
    if (node.view().masterEligible()) {
      voters.add(ANode.id(node.name.value()));
    }
    return this;
  }

  public ANode node(String name) {
    return java.util.Objects.requireNonNull(nodes.get(name));
  }

  public ACluster without(String name) {
    nodes.remove(name);
    voters.remove(ANode.id(name));
    return this;
  }

  public ACluster master(String name) {
    master = name;
    return this;
  }

  public ACluster engine(Engine.Flavour flavour, int major, String version) {
    engine = new Engine(flavour, major, version);
    return this;
  }

  /** A shard with its primary on the first node and a replica on each of the others. */
  public ACluster shard(String index, int number, String... on) {
    var id = new ShardId(index, number);
    var group = new ArrayList<ShardCopy>();
    for (var name : on) {
      group.add(started(id, group.isEmpty(), name));
    }
    copies.put(id, group);
    sizes.put(id, SHARD);
    return index(index, seen -> replicas(seen, on.length - 1));
  }

  public ACluster index(String name, UnaryOperator<IndexView> change) {
    var plain =
        new IndexView(
            name, 0, false, true, Optional.empty(), Optional.empty(), Map.of(), Optional.empty());
    indices.put(name, change.apply(indices.getOrDefault(name, plain)));
    return this;
  }

  public ACluster withoutIndices() {
    copies.clear();
    indices.clear();
    sizes.clear();
    return this;
  }

  /** Another copy in any state; {@code on} and {@code to} may be empty. */
  public ACluster copy(
      String index, int number, State state, String on, String to, String unassignedBecause) {
    var id = new ShardId(index, number);
    copies
        .computeIfAbsent(id, none -> new ArrayList<>())
        .add(
            new ShardCopy(
                id,
                false,
                state,
                on.isEmpty() ? Optional.empty() : Optional.of(currentId(on)),
                to.isEmpty() ? Optional.empty() : Optional.of(currentId(to)),
                state == State.RELOCATING,
                unassignedBecause.isEmpty() ? Optional.empty() : Optional.of(unassignedBecause)));
    return this;
  }

  /** Replaces every copy of a shard that stands on a node. */
  public ACluster change(ShardId id, String on, UnaryOperator<ShardCopy> change) {
    copies.computeIfPresent(
        id,
        (same, group) ->
            new ArrayList<>(
                group.stream()
                    .map(copy -> copy.isOn(currentId(on)) ? change.apply(copy) : copy)
                    .toList()));
    return this;
  }

  public ACluster size(String index, int number, long bytes) {
    sizes.put(new ShardId(index, number), new Bytes(bytes));
    return this;
  }

  public ACluster withoutSizes() {
    sizes.clear();
    return this;
  }

  public ACluster persistent(String key, String value) {
    persistent.put(key, value);
    return this;
  }

  public ACluster transients(String key, String value) {
    transients.put(key, value);
    return this;
  }

  public ACluster unset(String key) {
    persistent.remove(key);
    transients.remove(key);
    return this;
  }

  public ACluster defaults(String key, String value) {
    defaults.put(key, value);
    return this;
  }

  public ACluster pendingTasks(int tasks) {
    pendingTasks = tasks;
    return this;
  }

  public ACluster explained(String index, int number, String decider, String sentence) {
    explanations.put(new ShardId(index, number), new Explanation(decider, sentence));
    return this;
  }

  public ACluster otherOwners(String... owners) {
    otherOwners = List.of(owners);
    return this;
  }

  /** The node runs on a machine of a fleet, for which nobody asks. */
  public ACluster machine(String name) {
    return machine(name, Optional.empty(), Optional.empty());
  }

  /** The fleet asks for the machine of the node. */
  public ACluster asksFor(String name, String request) {
    return machine(name, Optional.of(request), Optional.empty());
  }

  /** EC2 takes the machine of the node at that time. */
  public ACluster takes(String name, Instant at) {
    return machine(name, Optional.empty(), Optional.of(at));
  }

  private ACluster machine(String name, Optional<String> request, Optional<Instant> leavesAt) {
    return listed("spots", name, request, Optional.empty(), leavesAt);
  }

  /** A fleet of that name lists the machine. */
  public ACluster machineOf(String fleet, String name, Optional<String> request) {
    return listed(fleet, name, request, Optional.empty(), Optional.empty());
  }

  /** The fleet's machine was launched at that time. */
  public ACluster launched(String name, Instant at) {
    return listed("spots", name, Optional.empty(), Optional.of(at), Optional.empty());
  }

  private ACluster listed(
      String fleet,
      String name,
      Optional<String> request,
      Optional<Instant> from,
      Optional<Instant> to) {
    var zone = new ZoneName(name.replaceAll("\\d", ""));
    machines.put(name, SpotMachine.ofFleet(fleet, name, zone, Optional.empty(), request, from, to));
    return this;
  }

  /** The fleet lists the machine no more. */
  public ACluster withoutMachine(String name) {
    machines.remove(name);
    return this;
  }

  public ACluster uuid(String other) {
    uuid = other;
    return this;
  }

  public ACluster unreadable(String cause) {
    unread = Optional.of(cause);
    return this;
  }

  public ACluster readable() {
    unread = Optional.empty();
    return this;
  }

  /** What the engine does with settings: all of a write or nothing. */
  public ACluster apply(EsAction.PutSettings put) {
    put.persistent().forEach((key, value) -> set(persistent, key, value));
    put.transientScope().forEach((key, value) -> set(transients, key, value));
    return this;
  }

  /** What the engine does with an explicit command, as if it took no time. */
  public ACluster apply(EsAction.OnEngine action) {
    if (action instanceof EsAction.PutSettings put) {
      return apply(put);
    }
    if (action instanceof EsAction.MoveShard move) {
      copies.computeIfPresent(move.shard(), (id, group) -> Copies.moved(group, move));
    } else if (action instanceof EsAction.AllocateReplica allocate) {
      copies.computeIfPresent(allocate.shard(), (id, group) -> Copies.allocated(group, allocate));
    } else if (action instanceof EsAction.SetReplicas set) {
      index(set.index(), seen -> replicas(seen, set.to()));
      copies.replaceAll(
          (id, group) -> id.index().equals(set.index()) ? Copies.counted(group, set) : group);
    }
    return this;
  }

  private static void set(Map<String, String> scope, String key, Optional<String> value) {
    value.ifPresentOrElse(text -> scope.put(key, text), () -> scope.remove(key));
  }

  public Map<String, String> persistent() {
    return Map.copyOf(persistent);
  }

  public Map<String, String> transients() {
    return Map.copyOf(transients);
  }

  public Optional<Mark> mark() {
    return Mark.in(persistent);
  }

  /** The node leaves: its replicas are unassigned, other copies become primaries. */
  public ACluster leaves(String name, HostProcess.State state) {
    var id = currentId(name);
    copies.replaceAll((shard, group) -> Copies.without(group, id));
    node(name).away(state);
    if (master.equals(name)) {
      nodes.values().stream()
          .filter(each -> each.member && each.view().masterEligible())
          .findFirst()
          .ifPresent(next -> master = next.name.value());
    }
    return this;
  }

  /** Every unassigned copy is started again on this node. */
  public ACluster recoversOn(String name) {
    copies.replaceAll(
        (shard, group) ->
            new ArrayList<>(
                group.stream()
                    .map(copy -> copy.active() ? copy : started(shard, copy.primary(), name))
                    .toList()));
    return this;
  }

  /** Every unassigned copy is started again, on any node that has none of the shard. */
  public ACluster recovers() {
    var members = nodes.values().stream().filter(node -> node.member).map(ANode::view).toList();
    copies.replaceAll((shard, group) -> Copies.recovered(group, members));
    return this;
  }

  public static IndexView replicas(IndexView index, int count) {
    return new IndexView(
        index.name(),
        count,
        index.autoExpands(),
        index.open(),
        index.allocationEnable(),
        index.rebalanceEnable(),
        index.filters(),
        index.totalShardsPerNode());
  }

  private ShardCopy started(ShardId id, boolean primary, String on) {
    return new ShardCopy(
        id,
        primary,
        State.STARTED,
        Optional.of(currentId(on)),
        Optional.empty(),
        true,
        Optional.empty());
  }

  private NodeId currentId(String name) {
    var node = nodes.get(name);
    return node == null ? ANode.id(name) : node.view().id();
  }

  public ClusterView cluster() {
    var members = nodes.values().stream().filter(node -> node.member).map(ANode::view).toList();
    var elected = members.stream().filter(node -> node.name().value().equals(master)).findFirst();
    return new ClusterView(
        uuid,
        engine,
        true,
        elected.map(node -> node.id()),
        voters,
        members,
        new TreeMap<>(copies),
        new TreeMap<>(indices),
        sizes,
        new ClusterSettings(persistent, transients, defaults),
        pendingTasks,
        explanations);
  }

  /** What one pass reads of it. */
  public EsView view(Instant readAt) {
    var processes = new TreeMap<NodeName, Observed<HostProcess>>();
    nodes.values().forEach(node -> processes.put(node.name, node.process()));
    Observed<ClusterView> seen =
        unread.isPresent() ? Observed.unknown(unread.get()) : Observed.known(cluster());
    return new EsView(
        readAt, seen, Observed.known(true), processes, otherOwners, List.copyOf(machines.values()));
  }
}
