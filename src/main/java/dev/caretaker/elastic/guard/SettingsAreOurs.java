package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.Conflict;
import dev.caretaker.elastic.policy.EsPolicy;
import dev.caretaker.kernel.Refusal;
import java.util.Optional;

/** No value stands on the routing keys, in either scope, that Caretaker did not write. */
public final class SettingsAreOurs implements Guard {
  @Override
  public Scope scope() {
    return Scope.ACTING;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var policy = question.policy();
    if (policy.allocation().conflicts() == EsPolicy.Conflicts.TAKE_OVER) {
      return Optional.empty();
    }
    var conflicts =
        Conflict.in(question.cluster().settings(), policy.zoneAttribute(), policy.baseline());
    if (conflicts.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "somebody else wrote settings that Caretaker would have to overwrite",
            StopQuestion.shown(conflicts),
            "remove them (PUT null), or set spec.allocation.conflicts to TakeOver"));
  }
}
