package dev.caretaker.elastic.drain;

import dev.caretaker.kernel.Bytes;
import java.time.Instant;

/**
 * How far a declared drain has come.
 *
 * @param request what is drained, as {@code EsPolicy.request()} says it, with the machines that
 *     fleets ask for; another one starts anew
 * @param since when it began
 * @param atFirst bytes on the nodes when it began
 * @param lastProgress when bytes or copies last became fewer
 * @param copiesLeft at that time
 */
public record DrainProgress(
    String request, Instant since, Bytes atFirst, Instant lastProgress, int copiesLeft) {}
