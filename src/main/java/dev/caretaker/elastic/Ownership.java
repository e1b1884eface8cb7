package dev.caretaker.elastic;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.EsView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** Whether this resource may write to the cluster at all. A second owner is refused, not fought. */
final class Ownership {
  private Ownership() {}

  static Optional<Refusal> refuses(EsPolicy policy, EsView view, ClusterView cluster) {
    var owner = cluster.mark().map(Mark::owner);
    if (owner.isPresent()) {
      boolean ours = owner.get().equals(policy.owner()) || policy.adopt().equals(owner);
      return ours
          ? Optional.empty()
          : Optional.of(
              new Refusal(
                  "MarkIsOurs",
                  "the cluster is marked by " + owner.get(),
                  List.of(owner.get()),
                  "delete that resource, run caretaker release, or take over with"
                      + " spec.connection.adopt: \""
                      + owner.get()
                      + "\""));
    }
    if (view.otherOwners().isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            "OneResourceACluster",
            "another EsCluster is for the same cluster: " + view.otherOwners(),
            view.otherOwners(),
            "delete one of them"));
  }

  /** Whether somebody lifted everything by hand, and nothing else was asked since. */
  static boolean released(EsPolicy policy, ClusterView cluster) {
    var request = cluster.settings().persistent().get(Mark.RELEASED);
    return request != null && request.equals(policy.request());
  }
}
