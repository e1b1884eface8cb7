package dev.caretaker.operator;

import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.WorkerAccess;
import dev.caretaker.port.BucketPort;
import dev.caretaker.port.QueuePort;
import dev.caretaker.port.TablePort;
import dev.caretaker.port.WorkerPort;

/** Opens the ways to what a pipeline is made of; connects to nothing yet. */
public interface PipelineConnector {

  /** The queues of a region; shared by all pipelines there, and safe for their threads. */
  QueuePort queues(String region);

  /** The buckets of a region; shared likewise. */
  BucketPort buckets(String region);

  /**
   * The tables of a cluster. Where it cannot be opened, for want of a Secret for one, it answers
   * Unknown with that cause.
   */
  Way<TablePort> tables(Observed<EsAccess> cluster, Secrets secrets);

  /** The programs on machines; what cannot be opened answers likewise. */
  Way<WorkerPort> workers(WorkerAccess access, Secrets secrets);

  /** A port and what ends it. */
  record Way<P>(P port, Runnable closing) {}
}
