package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.shelter.Shelter;
import dev.caretaker.kernel.Refusal;
import java.util.Optional;

/** Every shard on the set has a started in-sync copy that is safe while the set is away. */
public final class EveryShardIsSheltered implements Guard {
  @Override
  public Scope scope() {
    return Scope.STOPPING;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var shelter =
        new Shelter(question.policy(), question.cluster(), question.ids(), question.now());
    var exposed = shelter.exposed();
    var bare = exposed.stream().filter(shelter::hasNoReplicas).toList();
    if (!bare.isEmpty()) {
      return Optional.of(
          new Refusal(
              name(),
              "indices without replicas would be unavailable while "
                  + question.names()
                  + " is away",
              StopQuestion.shown(bare),
              "give them a replica, or accept it by name: rollout.accept with structural:"
                  + " ZeroReplicas"));
    }
    if (exposed.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "shards would have no started in-sync copy in safety while "
                + question.names()
                + " is away",
            StopQuestion.shown(exposed),
            "a started copy outside the set, in a reliable zone where shelter is Required"));
  }
}
