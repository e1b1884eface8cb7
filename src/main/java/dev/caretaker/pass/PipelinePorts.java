package dev.caretaker.pass;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.ClusterView;
import dev.caretaker.pipeline.model.FleetView;
import dev.caretaker.port.BucketPort;
import dev.caretaker.port.QueuePort;
import dev.caretaker.port.TablePort;
import dev.caretaker.port.WorkerPort;
import java.util.function.Supplier;

/**
 * The ways to everything that a pipeline is made of.
 *
 * @param tables in the cluster of the tables; never asked where the spec names none
 * @param cluster what that cluster says of itself
 * @param fleet what the fleet that gives the machines says
 */
public record PipelinePorts(
    QueuePort queues,
    BucketPort buckets,
    TablePort tables,
    WorkerPort workers,
    Supplier<Observed<ClusterView>> cluster,
    Supplier<Observed<FleetView>> fleet) {}
