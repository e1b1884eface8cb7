package dev.caretaker.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.FleetView;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.Limits;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.fleet.policy.Worth;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SpecFitTest {
  private static final MachineType KNOWN = new MachineType("m5d.large");
  private static final MachineType UNKNOWN = new MachineType("m9z.huge");
  private static final Observed<List<Subnet>> SUBNETS =
      Observed.known(List.of(new Subnet("subnet-1", new Zone("a"), 250)));

  @Test
  void shouldBeContentWithWhatIsToBeHad() {
    assertThat(judge(KNOWN, 1, "0", types(), SUBNETS).truth()).isEqualTo(Condition.Truth.TRUE);
  }

  @Test
  void shouldNameATypeThatDoesNotExist() {
    assertThat(sentence(judge(UNKNOWN, 1, "0", types(), SUBNETS))).contains("[m9z.huge]");
    assertThat(judge(UNKNOWN, 1, "0", Observed.unknown("throttled"), SUBNETS).truth())
        .isEqualTo(Condition.Truth.TRUE);
  }

  @Test
  void shouldNameASubnetThatIsNotThere() {
    var none = Observed.<List<Subnet>>known(List.of());

    assertThat(sentence(judge(KNOWN, 1, "0", types(), none))).contains("[subnet-1]");
  }

  @Test
  void shouldNotJudgeWhatWasNotRead() {
    var condition =
        judge(UNKNOWN, 1, "0", Observed.unknown("throttled"), Observed.unknown("throttled"));

    assertThat(condition.truth()).isEqualTo(Condition.Truth.TRUE);
  }

  @Test
  void shouldSayHowManyTypesAShareNeeds() {
    assertThat(sentence(judge(KNOWN, 0.3, "0", types(), SUBNETS)))
        .contains("sharePerType of 30 % needs 4 of them, and 1 can be had");
  }

  /** 10 of utility cost 0.1 USD/h at best, so 200 cost 2, twice the budget. */
  @Test
  void shouldSayWhatTheFloorCosts() {
    assertThat(sentence(judge(KNOWN, 1, "200", types(), SUBNETS)))
        .contains("at least 2.0000 USD/h");
  }

  private static String sentence(Condition condition) {
    assertThat(condition.truth()).isEqualTo(Condition.Truth.FALSE);
    return condition.reason().sentence();
  }

  private static Observed<java.util.SortedMap<MachineType, TypeView>> types() {
    var type = new TypeView(KNOWN, 2, 8, 75, Optional.empty());
    return Observed.known(new TreeMap<>(Map.of(KNOWN, type)));
  }

  private static Condition judge(
      MachineType named,
      double share,
      String floor,
      Observed<java.util.SortedMap<MachineType, TypeView>> types,
      Observed<List<Subnet>> subnets) {
    var ten = Utility.of("10");
    var price = UsdPerHour.of("0.1");
    var policy =
        new FleetPolicy(
            new FleetId("data", "es", "uid"),
            new LaunchTemplate("es", "1"),
            Set.of("subnet-1"),
            UsdPerHour.of("1"),
            new PricePolicy(0.95, Duration.ofDays(7), Duration.ofDays(1), Optional.empty()),
            new Limits(Optional.empty(), OptionalInt.empty(), share, 1),
            Utility.of(floor),
            Optional.of(ten),
            new Worth(Optional.empty(), new TreeMap<>(Map.of(named, ten)), new TreeSet<>()),
            false,
            FleetPolicy.Shrink.DRAIN,
            Duration.ofMinutes(15),
            FleetPolicy.Deletion.DRAIN,
            FleetPolicy.Rebalance.IGNORE,
            false,
            false);
    var view =
        new FleetView(
            Instant.EPOCH,
            Observed.known(List.of()),
            Observed.known(new TreeMap<>()),
            types,
            subnets,
            Observed.unknown("none"),
            Observed.unknown("none"));
    var offer =
        new Offer(new Quote(Pool.of("m5d.large", "a"), price, price), "subnet-1", ten, price);
    return new SpecFit(policy, view, List.of(offer)).condition();
  }
}
