package dev.caretaker.port;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The machines that a cluster's nodes run on. */
public interface HostPort {

  /** The node's process and disk as its supervisor sees them. */
  Observed<HostProcess> read(NodeName node);

  /** The same for several nodes; an adapter whose machines are slow asks them at once. */
  default SortedMap<NodeName, Observed<HostProcess>> readAll(Set<NodeName> nodes) {
    var all = new TreeMap<NodeName, Observed<HostProcess>>();
    nodes.forEach(node -> all.put(node, read(node)));
    return all;
  }

  /** What the clock of the node's machine shows, for check-ups; Unknown where nobody tells. */
  default Observed<Instant> clock(NodeName node) {
    return Observed.unknown("nobody tells the time there");
  }

  /**
   * Whether the account may stop and start the node, for check-ups; Unknown where only a try would
   * tell.
   */
  default Observed<Boolean> mayRestart(NodeName node) {
    return Observed.unknown("only a stop would tell");
  }

  /**
   * Asks a supervisor for one change. A return proves nothing; the next read does.
   *
   * @throws PortException REFUSED where the running process is not the incarnation that was meant
   */
  void perform(EsAction.OnHost action) throws PortException;
}
