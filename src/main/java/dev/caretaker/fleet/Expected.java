package dev.caretaker.fleet;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Instant;

/** A machine that EC2 says it sold, for as long as it is not described yet. */
public record Expected(InstanceId id, Pool pool, Utility utility, UsdPerHour ceiling, Instant at) {}
