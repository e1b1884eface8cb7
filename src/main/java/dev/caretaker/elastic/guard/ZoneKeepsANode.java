package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.elastic.policy.RolloutPolicy;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * No more nodes of a zone are away at once than allowed, whoever took them away, and one that
 * answers remains.
 */
public final class ZoneKeepsANode implements Guard {
  @Override
  public Scope scope() {
    return Scope.STOPPING;
  }

  @Override
  public Set<Scope> scopes() {
    return Set.of(Scope.STOPPING, Scope.LEAVING);
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    return question.zones().stream()
        .map(zone -> refuses(question, zone))
        .flatMap(Optional::stream)
        .findFirst();
  }

  private Optional<Refusal> refuses(StopQuestion question, ZoneName zone) {
    var known = question.known(zone);
    var away = new TreeSet<NodeName>();
    var answering = question.answering();
    known.stream().filter(name -> !answering.contains(name)).forEach(away::add);
    question.names().stream().filter(known::contains).forEach(away::add);
    if (known.size() == 1) {
      return question
              .policy()
              .rollout()
              .accepts(RolloutPolicy.Structural.SINGLE_NODE_ZONE, question.now())
          ? Optional.empty()
          : refusal(
              "zone " + zone + " has one node only",
              away,
              "another node there, or rollout.accept with structural: SingleNodeZone");
    }
    int most = question.policy().rollout().maxUnavailablePerZone();
    if (away.size() > most) {
      return refusal(
          away.size() + " nodes of zone " + zone + " would be away where " + most + " may be",
          away,
          "wait until the missing nodes are back");
    }
    return away.size() < known.size()
        ? Optional.empty()
        : refusal("no node of zone " + zone + " would be left", away, "a smaller set");
  }

  private Optional<Refusal> refusal(String sentence, Set<NodeName> away, String liftedBy) {
    List<String> shown = StopQuestion.shown(away);
    return Optional.of(new Refusal(name(), sentence, shown, liftedBy));
  }
}
