package dev.caretaker.pipeline.model;

import dev.caretaker.kernel.Utility;
import java.util.Optional;

/**
 * A machine on which the pipeline's programs may run.
 *
 * @param address in its subnet; empty where the machine has none yet
 * @param utility as its fleet counts it
 * @param assigned whether this pipeline works there now; pipelines that share a fleet divide its
 *     machines
 */
public record WorkerHost(
    WorkerId id, Optional<String> address, Utility utility, boolean assigned) {}
