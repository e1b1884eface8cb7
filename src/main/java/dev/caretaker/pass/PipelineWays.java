package dev.caretaker.pass;

import dev.caretaker.port.BucketPort;
import dev.caretaker.port.QueuePort;
import dev.caretaker.port.TablePort;
import dev.caretaker.port.WorkerPort;

/**
 * The ways to everything that a pipeline sees and changes.
 *
 * @param tables never asked where the pipeline has none
 */
public record PipelineWays(
    QueuePort queues, BucketPort buckets, TablePort tables, WorkerPort workers) {}
