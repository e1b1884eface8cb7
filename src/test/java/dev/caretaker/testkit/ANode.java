package dev.caretaker.testkit;

import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** A node that is well: it answers, holds data, may be master, and its process runs. */
public final class ANode {
  /** Before every wish of a test. */
  public static final Instant STARTED = Instant.parse("2026-11-01T00:00:00Z");

  private static final long GIB = 1L << 30;

  final NodeName name;
  private final Set<NodeView.Role> roles =
      EnumSet.of(NodeView.Role.MASTER, NodeView.Role.DATA, NodeView.Role.OTHER);
  private Optional<ZoneName> zone;
  private int incarnation = 1;
  private int disk = 1;
  private Optional<Instant> startedAt = Optional.of(STARTED);
  private long free = 80 * GIB;
  private Optional<Integer> minimumMasterNodes = Optional.empty();
  private Observed<HostProcess> process;
  boolean member = true;

  private ANode(String name) {
    this.name = new NodeName(name);
    this.zone = Optional.of(new ZoneName(name.replaceAll("\\d", "")));
    this.process = running();
  }

  /** A node in the zone that its name begins with. */
  public static ANode aNode(String name) {
    return new ANode(name);
  }

  public static NodeId id(String name) {
    return new NodeId("id1-" + name);
  }

  public ANode in(String otherZone) {
    zone = Optional.of(new ZoneName(otherZone));
    return this;
  }

  public ANode withoutZone() {
    zone = Optional.empty();
    return this;
  }

  public ANode withoutMasterRole() {
    roles.remove(NodeView.Role.MASTER);
    return this;
  }

  public ANode withoutData() {
    roles.remove(NodeView.Role.DATA);
    return this;
  }

  /** Listed by the master, but frozen: it answers nothing itself. */
  public ANode silent() {
    startedAt = Optional.empty();
    return this;
  }

  public ANode startedAt(Instant at) {
    startedAt = Optional.of(at);
    return this;
  }

  public ANode freeGib(long gib) {
    free = gib * GIB;
    return this;
  }

  public ANode minimumMasterNodes(int quorum) {
    minimumMasterNodes = Optional.of(quorum);
    return this;
  }

  /** Out of the cluster, with its process in this state. */
  public ANode away(HostProcess.State state) {
    member = false;
    return host(Observed.known(process(state, Optional.empty())));
  }

  public ANode host(Observed<HostProcess> seen) {
    process = seen;
    return this;
  }

  /** In the cluster again, by a new process. */
  public ANode back(Instant at) {
    member = true;
    incarnation++;
    startedAt = Optional.of(at);
    return host(running());
  }

  /** In the cluster again, by a new process on an empty disk. */
  public ANode backEmpty(Instant at) {
    disk++;
    return back(at);
  }

  public String incarnationOfProcess() {
    return "pid" + incarnation + "-" + name;
  }

  NodeView view() {
    return new NodeView(
        new NodeId("id" + disk + "-" + name),
        name,
        "e" + incarnation + "-" + name,
        zone,
        roles,
        startedAt,
        startedAt.map(at -> new NodeView.Disk(new Bytes(100 * GIB), new Bytes(free))),
        minimumMasterNodes);
  }

  Observed<HostProcess> process() {
    return process;
  }

  private Observed<HostProcess> running() {
    return Observed.known(process(HostProcess.State.RUNNING, Optional.of(incarnationOfProcess())));
  }

  private HostProcess process(HostProcess.State state, Optional<String> incarnationSeen) {
    return new HostProcess(state, incarnationSeen, startedAt, Optional.empty(), Optional.empty());
  }
}
