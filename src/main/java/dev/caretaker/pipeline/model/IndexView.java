package dev.caretaker.pipeline.model;

import dev.caretaker.kernel.Bytes;
import java.time.Instant;
import java.util.Optional;

/**
 * One index of a table.
 *
 * @param uuid tells it from another one that had the name before
 * @param createdAt by the engine's own clock
 * @param written whether the alias writes to it
 * @param documents as the engine counts them after its last refresh
 * @param snapshotAt when a snapshot of it was last completed in the asked-for repository; empty
 *     where there is none, or where nobody asked
 */
public record IndexView(
    String name,
    String uuid,
    Instant createdAt,
    boolean written,
    long documents,
    Bytes size,
    Optional<Instant> snapshotAt) {}
