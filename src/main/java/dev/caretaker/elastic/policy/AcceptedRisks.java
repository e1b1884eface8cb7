package dev.caretaker.elastic.policy;

import dev.caretaker.elastic.policy.RolloutPolicy.Acceptance;
import dev.caretaker.elastic.policy.RolloutPolicy.Shelter;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** The risks that a spec accepts by name. */
final class AcceptedRisks {
  private AcceptedRisks() {}

  static List<String> of(EsPolicy policy, Instant now) {
    var accepted = new ArrayList<String>();
    policy.rollout().accept().stream()
        .filter(each -> now.isBefore(each.until()))
        .map(AcceptedRisks::sentence)
        .forEach(accepted::add);
    if (policy.hasRiskyZone() && policy.rollout().shelter() == Shelter.PREFERRED) {
      accepted.add("shelter Preferred: where no reliable zone can, any other node holds the copy");
    }
    return accepted;
  }

  private static String sentence(Acceptance each) {
    var of = each.indices().isEmpty() ? "" : " of " + String.join(", ", each.indices());
    return "%s%s until %s: %s".formatted(word(each), of, each.until(), each.reason());
  }

  private static String word(Acceptance each) {
    return switch (each.structural()) {
      case ZERO_REPLICAS -> "ZeroReplicas";
      case SINGLE_NODE_ZONE -> "SingleNodeZone";
      case QUORUM_MISMATCH -> "QuorumMismatch";
    };
  }
}
