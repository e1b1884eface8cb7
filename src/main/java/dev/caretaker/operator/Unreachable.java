package dev.caretaker.operator;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.EsPort;
import dev.caretaker.port.HostPort;
import dev.caretaker.port.PortException;
import java.util.Set;

/** What cannot be reached at all, and why: every read is Unknown, every action fails. */
record Unreachable(String cause) implements EsPort, HostPort {
  @Override
  public Observed<ClusterView> read(Set<ShardId> explain) {
    return Observed.unknown(cause);
  }

  @Override
  public Observed<Boolean> probe() {
    return Observed.unknown(cause);
  }

  @Override
  public void perform(EsAction.OnEngine action) throws PortException {
    throw new PortException(PortException.Kind.UNREACHABLE, cause);
  }

  @Override
  public Observed<HostProcess> read(NodeName node) {
    return Observed.unknown(cause);
  }

  @Override
  public void perform(EsAction.OnHost action) throws PortException {
    throw new PortException(PortException.Kind.UNREACHABLE, cause);
  }
}
