package dev.caretaker.elastic.guard;

import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The freeze is in force at both scopes, and the mark beside it names us and this very set. It is
 * the other half of {@link SettingsAreOurs}: a foreign value that one lets pass, the other sees, so
 * both go by one name and are taken out together.
 */
public final class SettingsAreInForce implements Guard {
  @Override
  public String name() {
    return SettingsAreOurs.class.getSimpleName();
  }

  @Override
  public Scope scope() {
    return Scope.FROZEN;
  }

  @Override
  public Optional<Refusal> refuses(StopQuestion question) {
    var wrong = new ArrayList<String>();
    var settings = question.cluster().settings();
    var enable = settings.inForce(Routing.ENABLE).flatMap(Allocation::of).orElse(Allocation.ALL);
    if (enable.compareTo(Allocation.NEW_PRIMARIES) < 0) {
      wrong.add(Routing.ENABLE + " is " + enable.setting());
    }
    if (!settings.inForce(Routing.REBALANCE).orElse("all").equals("none")) {
      wrong.add(Routing.REBALANCE + " is not none");
    }
    var mark = question.cluster().mark();
    if (mark.isEmpty()) {
      wrong.add("there is no mark");
    } else if (!mark.get().owner().equals(question.policy().owner())) {
      wrong.add("the mark names " + mark.get().owner());
    } else if (!mark.get().set().equals(question.set())) {
      wrong.add("the mark names other nodes");
    }
    if (wrong.isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        new Refusal(
            name(),
            "the cluster is not frozen for this set",
            List.copyOf(wrong),
            "the settings are written again and read back"));
  }
}
