package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.kernel.Refusal;
import java.util.Optional;

/** No index has an allocation or rebalance setting of its own, which would outrank a freeze. */
public final class IndicesFollowTheCluster implements Guard {
  @Override
  public Scope scope() {
    return Scope.STOPPING;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var overriding =
        question.cluster().indices().values().stream()
            .filter(index -> index.allocationEnable().or(index::rebalanceEnable).isPresent())
            .map(IndexView::name)
            .toList();
    if (overriding.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "indices have their own routing.allocation.enable or routing.rebalance.enable, which"
                + " outranks the cluster's: a freeze would not hold for them",
            StopQuestion.shown(overriding),
            "remove these index settings (PUT null)"));
  }
}
