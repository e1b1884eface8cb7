package dev.caretaker.fleet.guard;

import dev.caretaker.kernel.Refusal;
import java.util.Optional;

/** What must hold before a machine is given back, or its workload is asked to let it go. */
public interface RemovalRule extends FleetRule {

  Optional<Refusal> against(RemovalQuestion question);
}
