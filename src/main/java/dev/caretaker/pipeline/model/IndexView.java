package dev.caretaker.pipeline.model;

import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.Optional;

/**
 * One index of a table.
 *
 * @param uuid tells it from another one that had the name before
 * @param createdAt by the engine's own clock
 * @param written whether the alias writes to it
 * @param documents as the engine counts them after its last refresh; at least so many, where not
 *     every shard of it answers
 * @param size of all its copies
 * @param writes grows with each document that is written, overwritten or deleted in it, and with
 *     nothing else; Unknown where not every shard told, or where no snapshot is asked for
 * @param snapshotAt when the last completed snapshot of it was begun in the asked-for repository:
 *     what was written later is not in it. Known and empty where there is none, or where nobody
 *     asked
 */
public record IndexView(
    String name,
    String uuid,
    Instant createdAt,
    boolean written,
    long documents,
    Bytes size,
    Observed<Long> writes,
    Observed<Optional<Instant>> snapshotAt) {}
