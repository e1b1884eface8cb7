package dev.caretaker.fleet;

import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What people are told of machines that were bought and do not carry the fleet's tag any more. */
final class TagsTold {
  private static final String TYPE = "TagsKept";

  private TagsTold() {}

  static Condition condition(FleetId fleet, List<Member> stripped) {
    if (stripped.isEmpty()) {
      return Condition.yes(TYPE, "Tagged", "what was bought carries the fleet's tag");
    }
    return Condition.no(
        TYPE,
        "TagsStripped",
        what(stripped)
            + "; nothing is bought in the place of what runs so, and it is not given back either. "
            + way(fleet)
            + ", and it is nobody's and replaced");
  }

  /** A fleet does not end while what it bought runs and nobody looks after it. */
  static Optional<Refusal> refusal(FleetId fleet, List<Member> stripped) {
    return stripped.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Refusal(
                TYPE,
                what(stripped) + ", so that it may not be given back",
                stripped.stream().map(each -> each.id().value()).toList(),
                way(fleet) + ", and it is left to you"));
  }

  private static String what(List<Member> stripped) {
    var ids = stripped.stream().map(each -> each.id().value()).collect(Collectors.joining(", "));
    return ids + ": bought for this fleet, and somebody took the tag caretaker.dev/fleet away";
  }

  private static String way(FleetId fleet) {
    return "Give it the tag again (caretaker.dev/fleet="
        + fleet.uid()
        + "); or take caretaker.dev/purchase away as well";
  }
}
