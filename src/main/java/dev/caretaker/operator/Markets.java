package dev.caretaker.operator;

import dev.caretaker.port.FleetPort;

/** Opens the way to the machines of a region; connects to nothing yet. */
public interface Markets {

  /** The market of this region. It is shared by all fleets there, and safe for their threads. */
  FleetPort in(String region);
}
