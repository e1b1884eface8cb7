package dev.caretaker.sandbox.engine;

import java.time.Duration;

/**
 * How a sandbox cluster runs.
 *
 * @param placement whether copies are spread over the zones
 * @param heapMebibytes of each node
 * @param traces what is left of the cluster's files when it is closed
 * @param patience how long the nodes may take to form a cluster
 */
public record EngineOptions(
    Placement placement, int heapMebibytes, Traces traces, Duration patience) {

  /** What the engine is told about zones. */
  public enum Placement {
    /** Copies go anywhere. */
    ANYWHERE,
    /** {@code awareness.attributes: zone}: copies of a shard are spread over the zones. */
    ACROSS_ZONES
  }

  /** What remains after closing. */
  public enum Traces {
    REMOVE,
    KEEP
  }

  public static EngineOptions defaults() {
    // Five nodes at once took 32 s on two idle cores; a busy machine needs several times that.
    return new EngineOptions(Placement.ANYWHERE, 256, Traces.REMOVE, Duration.ofMinutes(6));
  }

  public EngineOptions with(Placement other) {
    return new EngineOptions(other, heapMebibytes, traces, patience);
  }

  public EngineOptions with(Traces other) {
    return new EngineOptions(placement, heapMebibytes, other, patience);
  }

  public EngineOptions withHeap(int mebibytes) {
    return new EngineOptions(placement, mebibytes, traces, patience);
  }
}
