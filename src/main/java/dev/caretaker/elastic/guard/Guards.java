package dev.caretaker.elastic.guard;

import dev.caretaker.kernel.Refusal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/** All guards; every one is asked and every refusal is shown. */
public record Guards(List<Guard> all) {
  public Guards {
    all = List.copyOf(all);
  }

  /** The guards in force. */
  public static Guards standard() {
    return new Guards(
        List.of(
            new NotPaused(),
            new WithinWindow(),
            new PlanIsApproved(),
            new SettingsAreOurs(),
            new IndicesFollowTheCluster(),
            new EveryShardIsSheltered(),
            new QuorumSurvives(),
            new ZoneKeepsANode(),
            new NothingIsMoving(),
            new DisksHaveRoom(),
            new SettingsAreInForce(),
            new ZoneIsNotFailing(),
            new NoNoticeStands(),
            new NodeIsEmpty(),
            new VotersRemain()));
  }

  /** The name of each guard; guards that would mask each other share one. */
  public List<String> names() {
    return all.stream().map(Guard::name).distinct().toList();
  }

  /** All but one, to prove by simulation that it is needed. */
  public Guards without(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException("no guard " + name + "; there are " + names());
    }
    return new Guards(all.stream().filter(guard -> !guard.name().equals(name)).toList());
  }

  /** Every refusal of the guards of these scopes, in their order. */
  public List<Refusal> ask(StopQuestion question, Scope... scopes) {
    var asked = List.of(scopes);
    return all.stream()
        .filter(guard -> !Collections.disjoint(asked, guard.scopes()))
        .map(guard -> guard.refuses(question))
        .flatMap(Optional::stream)
        .toList();
  }
}
