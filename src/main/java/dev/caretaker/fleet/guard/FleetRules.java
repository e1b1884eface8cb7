package dev.caretaker.fleet.guard;

import dev.caretaker.kernel.Refusal;
import java.util.List;
import java.util.Optional;

/** All rules of fleets. */
public final class FleetRules {
  private final List<FleetRule> all;
  private final List<PurchaseRule> purchases;
  private final List<RemovalRule> removals;

  private FleetRules(List<FleetRule> all) {
    this.all = List.copyOf(all);
    this.purchases = only(all, PurchaseRule.class);
    this.removals = only(all, RemovalRule.class);
  }

  private static <T> List<T> only(List<FleetRule> all, Class<T> kind) {
    return all.stream().filter(kind::isInstance).map(kind::cast).toList();
  }

  /** The rules in force; what holds for every purchase stands before what hangs on its size. */
  public static FleetRules standard() {
    return new FleetRules(
        List.of(
            new NotPaused(),
            new TagsWereRead(),
            new DemandIsUnmet(),
            new ClusterSeesEveryMachine(),
            new PoolIsNotCooling(),
            new PriceIsWorthIt(),
            new SpendStaysWithinBudget(),
            new ShareOfTypeIsKept(),
            new ShareOfZoneIsKept(),
            new PurchasesOfTypeAreLimited(),
            new NewUtilityIsLimited(),
            new MachineIsOurs(),
            new ShrinkIsAllowed(),
            new ReplacementsAreLimited(),
            new FloorIsKept(),
            new ShelterIsKept(),
            new MachineIsReleased()));
  }

  /** Those that a fleet keeps in the end, without those that say how fast it gets there. */
  public FleetRules lasting() {
    return new FleetRules(
        all.stream()
            .filter(
                rule ->
                    !(rule instanceof NewUtilityIsLimited
                        || rule instanceof PurchasesOfTypeAreLimited))
            .toList());
  }

  public List<String> names() {
    return all.stream().map(FleetRule::name).toList();
  }

  /** All but one, to prove by simulation that it is needed. */
  public FleetRules without(String name) {
    if (!names().contains(name)) {
      throw new IllegalArgumentException("no rule " + name + "; there are " + names());
    }
    return new FleetRules(all.stream().filter(rule -> !rule.name().equals(name)).toList());
  }

  /** The first rule that speaks against a purchase. */
  public Optional<PurchaseRule> against(PurchaseQuestion question) {
    for (var rule : purchases) {
      if (!rule.allows(question)) {
        return Optional.of(rule);
      }
    }
    return Optional.empty();
  }

  /** Everything that speaks against a removal. */
  public List<Refusal> against(RemovalQuestion question) {
    return removals.stream().map(rule -> rule.against(question)).flatMap(Optional::stream).toList();
  }
}
