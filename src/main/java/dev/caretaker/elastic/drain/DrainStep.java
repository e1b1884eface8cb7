package dev.caretaker.elastic.drain;

import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Reason;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Where a declared drain stands.
 *
 * @param progress empty where nothing is declared
 * @param proven whether nothing is left on what is drained
 * @param refusals one for each copy that cannot leave, with its decider
 * @param explain shards about which the engine shall be asked
 */
public record DrainStep(
    Optional<DrainProgress> progress,
    boolean proven,
    Reason reason,
    List<Refusal> refusals,
    Set<ShardId> explain) {
  public DrainStep {
    refusals = List.copyOf(refusals);
    explain = Set.copyOf(explain);
  }
}
