package dev.caretaker.world.market.simulation;

import dev.caretaker.fleet.model.DemandView;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Utility;
import dev.caretaker.world.market.Market;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Machines that pipelines cannot use, as they say. */
final class Complaints {
  private static final String WHO = "EtlPipeline coverage";

  private final Market market;
  private final Map<InstanceId, Instant> since = new TreeMap<>();
  private final Map<InstanceId, Instant> heardLast = new TreeMap<>();

  Complaints(Market market) {
    this.market = market;
  }

  void say(InstanceId machine) {
    since.putIfAbsent(machine, market.instant());
    heardLast.put(machine, market.instant());
  }

  void takeBack(InstanceId machine) {
    if (since.remove(machine) != null) {
      heardLast.put(machine, market.instant());
    }
  }

  boolean isOpen(InstanceId machine) {
    return since.containsKey(machine);
  }

  /** Whether it is said, or was said a moment ago. */
  boolean isHeard(InstanceId machine) {
    var last = heardLast.get(machine);
    return since.containsKey(machine)
        || (last != null && last.plus(Truth.LAG).isAfter(market.instant()));
  }

  /** What the fleet reads; how much is wanted stands in its spec. */
  Observed<DemandView> read() {
    var unfit = new TreeMap<InstanceId, String>();
    since.keySet().forEach(each -> unfit.put(each, WHO));
    return Observed.known(new DemandView(Utility.ZERO, List.of(), unfit));
  }
}
