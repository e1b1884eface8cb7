package dev.caretaker.port;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.kernel.Observed;
import java.util.Set;

/** The cluster whose nodes run on a fleet's machines. It reads the fleet's requests by itself. */
public interface WorkloadPort {

  /** What the cluster says of these machines. */
  Observed<WorkloadView> read(Set<InstanceId> machines);
}
