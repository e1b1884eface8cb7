package dev.caretaker.pipeline.model;

import java.time.Duration;
import java.util.Optional;

/**
 * A table that was asked for.
 *
 * @param rollover how much time one index holds; a new one is begun with each such period
 * @param keep an index goes once its whole period is older; empty: none ever goes
 * @param shards primaries of each new index
 * @param mapping JSON of the mapping, as the engine takes it; empty: it could not be read
 * @param snapshot repository in which an index must have a snapshot, begun after its last write,
 *     before it goes
 */
public record Table(
    TableName alias,
    Duration rollover,
    Optional<Duration> keep,
    int shards,
    int replicas,
    String mapping,
    Optional<String> snapshot) {}
