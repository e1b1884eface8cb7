package dev.caretaker.contract;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import dev.caretaker.port.FleetPort;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** A market to try a contract on: one zone with a subnet, one type that is sold, no machines. */
interface MarketGround extends AutoCloseable {
  FleetId FLEET = new FleetId("default", "es", "0b662c6e-3f8f-4c3b-9d39-1f2f3e4d5c6b");
  LaunchTemplate TEMPLATE = new LaunchTemplate("es-spot", "1");

  FleetPort port();

  Subnet subnet();

  Instant now();

  /** A machine that somebody else made look like one of the fleet. */
  InstanceId stranger();

  /** Lets time pass, so that what was bought runs and what was given back is gone. */
  void aWhile();

  @Override
  void close();

  default Pool pool() {
    return Pool.of("m5.large", subnet().zone().value());
  }

  default Purchase purchase(FleetId fleet, long number, int count) {
    return new Purchase(
        fleet,
        number,
        pool(),
        subnet().id(),
        count,
        Utility.of("1"),
        UsdPerHour.of("0.10"),
        Optional.empty(),
        TEMPLATE,
        now());
  }

  default List<MachineView> machines() {
    return port()
        .machines(FLEET)
        .ifKnown()
        .orElseThrow(() -> new AssertionError("unknown: " + port().machines(FLEET)));
  }
}
