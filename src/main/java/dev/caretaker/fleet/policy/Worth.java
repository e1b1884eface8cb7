package dev.caretaker.fleet.policy;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.kernel.Utility;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a machine of each type is worth to the workload.
 *
 * @param rule for all that {@code listed} does not name; empty: they are worth nothing
 * @param listed the utility of a type as a person knows it; outranks the rule
 * @param excluded never bought
 */
public record Worth(
    Optional<Formula> rule,
    SortedMap<MachineType, Utility> listed,
    SortedSet<MachineType> excluded) {
  public Worth {
    listed = Collections.unmodifiableSortedMap(new TreeMap<>(listed));
    excluded = Collections.unmodifiableSortedSet(new TreeSet<>(excluded));
  }

  /** What may be bought of a type: nothing where it is excluded. */
  public Utility toBuy(MachineType type, Optional<TypeView> facts) {
    return excluded.contains(type) ? Utility.ZERO : ofRunning(type, facts);
  }

  /** What a machine that runs is worth: an exclusion takes nothing from those that are there. */
  public Utility ofRunning(MachineType type, Optional<TypeView> facts) {
    var known = listed.get(type);
    if (known != null) {
      return known;
    }
    return facts
        .flatMap(each -> rule.map(formula -> Utility.of(formula.of(each))))
        .orElse(Utility.ZERO);
  }

  /** Types that a person names and that may be bought. */
  public Set<MachineType> named() {
    var named = new TreeSet<>(listed.keySet());
    named.removeAll(excluded);
    return named;
  }
}
