package dev.caretaker.mapping;

import dev.caretaker.api.FleetMachinesSpec;
import dev.caretaker.api.FleetShapes;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.policy.Worth;
import dev.caretaker.kernel.Utility;
import dev.caretaker.mapping.Problem.Rule;
import dev.caretaker.mapping.SpecReading.Shape;
import java.util.HashSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Reads {@code spec.machines}. */
record MachinesReading(SpecReading reading) {
  Worth read(FleetMachinesSpec spec) {
    var path = "spec.machines";
    var rule =
        reading.shapedOrNone(path + ".rule", spec.rule(), Shape.FORMULA).map(FormulaParser::parse);
    var listed = new TreeMap<MachineType, Utility>();
    var excluded = new TreeSet<MachineType>();
    var seen = new HashSet<String>();
    int index = 0;
    for (var each : reading.entries(path + ".list", spec.list(), 0, FleetShapes.MOST_TYPES)) {
      var at = path + ".list[" + index++ + "]";
      var type = reading.shapedOnce(at + ".type", each.type(), Shape.TYPE, seen);
      boolean never = Boolean.TRUE.equals(each.excluded());
      if ((each.utility() != null) == never) {
        reading.problem(at, Rule.TOGETHER, "a type has a utility, or is excluded");
      }
      var utility = reading.shapedOrNone(at + ".utility", each.utility(), Shape.UTILITY);
      type.map(MachineType::new).filter(t -> never).ifPresent(excluded::add);
      utility.ifPresent(u -> type.ifPresent(t -> listed.put(new MachineType(t), Utility.of(u))));
    }
    if (rule.isEmpty() && listed.isEmpty()) {
      reading.problem(path, Rule.TOGETHER, "machines needs a rule, or a list with a utility");
    }
    return new Worth(rule, listed, excluded);
  }
}
