package dev.caretaker.port;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;

/** The market for machines, and the machines that were bought there. */
public interface FleetPort {

  /**
   * Machines that carry the tags of this fleet, in whatever state, and those without them that look
   * as if they were its own. What was bought a moment ago may be missing.
   */
  Observed<List<MachineView>> machines(FleetId fleet);

  /** Which of these machines run, or soon will, whoever has them. */
  Observed<Set<InstanceId>> alive(Set<InstanceId> machines);

  /** The named subnets that exist, with their zones. */
  Observed<List<Subnet>> subnets(Set<String> ids);

  /** What EC2 says about the types it sells in this region. */
  Observed<SortedMap<MachineType, TypeView>> types();

  /** How the prices of these pools moved since then; a pool that is not sold has no series. */
  Observed<List<PriceSeries>> prices(Set<Pool> pools, Instant since);

  /**
   * Asks for machines. The same request again, by its token, gives the same answer.
   *
   * @throws PortException UNKNOWN_OUTCOME where it may have been carried out; errors that EC2
   *     answers are part of the answer
   */
  PurchaseAnswer buy(Purchase purchase) throws PortException;

  /**
   * Gives machines back, all or none: one id that EC2 does not know fails the request.
   *
   * @throws PortException REFUSED where nothing was done
   */
  void terminate(Set<InstanceId> machines) throws PortException;
}
