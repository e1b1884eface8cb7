package dev.caretaker.pipeline.demand;

import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Utility;
import java.time.Instant;
import java.util.Optional;

/**
 * How much a pipeline asks its fleet for.
 *
 * @param because the arithmetic, for people
 * @param expiresAt when the oldest message expires: who is nearest to it is served first where a
 *     shared fleet gives less than all ask for
 */
public record PipelineDemand(Utility utility, Reason because, Optional<Instant> expiresAt) {}
