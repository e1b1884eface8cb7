package dev.caretaker.fleet;

import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.kernel.Condition;
import java.util.List;
import java.util.stream.Collectors;

/** What people are told of machines that were bought and do not carry the fleet's tag any more. */
final class TagsTold {
  private static final String TYPE = "TagsKept";

  private TagsTold() {}

  static Condition condition(FleetId fleet, List<Member> stripped) {
    if (stripped.isEmpty()) {
      return Condition.yes(TYPE, "Tagged", "what was bought carries the fleet's tag");
    }
    var ids = stripped.stream().map(each -> each.id().value()).collect(Collectors.joining(", "));
    return Condition.no(
        TYPE,
        "TagsStripped",
        ids
            + ": bought for this fleet, and somebody took the tag caretaker.dev/fleet away; nothing"
            + " is bought in the place of what runs so, and it is not given back either. Give it"
            + " the tag again (caretaker.dev/fleet="
            + fleet.uid()
            + "); or take caretaker.dev/purchase away as well, and it is nobody's and replaced");
  }
}
