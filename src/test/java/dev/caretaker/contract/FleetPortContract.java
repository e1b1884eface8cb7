package dev.caretaker.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.MachineView.State;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.port.PortException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What the fleet's decider relies on, whoever answers: the simulated market, or EC2's interface.
 */
abstract class FleetPortContract {
  private static final InstanceId NOBODY = new InstanceId("i-0123456789abcdef0");

  abstract MarketGround ground();

  @AfterEach
  void tidyUp() {
    ground().close();
  }

  @Test
  void shouldSellWhatIsAskedForAndTagIt() throws PortException {
    var answer = ground().port().buy(ground().purchase(MarketGround.FLEET, 7, 3));
    ground().aWhile();

    assertThat(answer.number()).isEqualTo(7);
    assertThat(answer.errors()).isEmpty();
    assertThat(ground().machines())
        .extracting(MachineView::id)
        .containsExactlyInAnyOrderElementsOf(answer.bought())
        .hasSize(3);
    assertThat(ground().machines())
        .allSatisfy(
            machine -> {
              assertThat(machine.belongsTo(MarketGround.FLEET.uid())).isTrue();
              assertThat(machine.purchase()).isEqualTo(7);
              assertThat(machine.pool()).isEqualTo(ground().pool());
              assertThat(machine.state()).isEqualTo(State.RUNNING);
              assertThat(machine.leavesAt()).isEmpty();
              assertThat(machine.address())
                  .hasValueSatisfying(at -> assertThat(at).matches("[0-9.]{7,15}"));
            });
  }

  @Test
  void shouldShowEachFleetItsOwnMachines() throws PortException {
    var other = new FleetId("default", "other", "7b4a91a2-56a5-41f9-8b60-8b1f7a0f6e11");
    ground().port().buy(ground().purchase(other, 1, 2));
    var answer = ground().port().buy(ground().purchase(MarketGround.FLEET, 1, 1));
    ground().aWhile();

    assertThat(ground().machines())
        .extracting(MachineView::id)
        .containsExactlyElementsOf(answer.bought());
  }

  @Test
  void shouldShowStrangersAsSuch() {
    var stranger = ground().stranger();
    ground().aWhile();

    assertThat(ground().machines())
        .singleElement()
        .satisfies(
            machine -> {
              assertThat(machine.id()).isEqualTo(stranger);
              assertThat(machine.belongsTo(MarketGround.FLEET.uid())).isFalse();
              assertThat(machine.isAlive()).isTrue();
            });
  }

  @Test
  void shouldTellWhichMachinesRunWhoeverHasThem() throws PortException {
    var bought = ground().port().buy(ground().purchase(MarketGround.FLEET, 1, 2)).bought();
    var stranger = ground().stranger();
    ground().aWhile();
    ground().port().terminate(Set.of(bought.get(0)));
    ground().aWhile();

    var alive = ground().port().alive(Set.of(bought.get(0), bought.get(1), stranger, NOBODY));

    assertThat(alive.ifKnown()).contains(Set.of(bought.get(1), stranger));
    assertThat(ground().port().alive(Set.of()).ifKnown()).contains(Set.of());
  }

  @Test
  void shouldGiveBackAllOrNone() throws PortException {
    var bought = ground().port().buy(ground().purchase(MarketGround.FLEET, 1, 2)).bought();
    ground().aWhile();

    var refusal =
        catchThrowableOfType(
            PortException.class, () -> ground().port().terminate(Set.of(bought.get(0), NOBODY)));
    ground().aWhile();

    assertThat(refusal.kind()).isEqualTo(PortException.Kind.REFUSED);
    assertThat(refusal).hasMessageContaining(NOBODY.value());
    assertThat(ground().machines()).hasSize(2).allMatch(MachineView::isAlive);
  }

  @Test
  void shouldShowWhatWasGivenBackForAWhileAndTakeTheSameTwice() throws PortException {
    var bought = ground().port().buy(ground().purchase(MarketGround.FLEET, 1, 2)).bought();
    ground().aWhile();

    ground().port().terminate(Set.of(bought.get(0)));
    ground().port().terminate(Set.of(bought.get(0)));
    ground().aWhile();

    assertThat(ground().machines()).hasSize(2);
    assertThat(ground().machines())
        .filteredOn(machine -> machine.id().equals(bought.get(0)))
        .singleElement()
        .matches(machine -> !machine.isAlive());
    assertThat(ground().machines())
        .filteredOn(machine -> machine.id().equals(bought.get(1)))
        .singleElement()
        .matches(MachineView::isAlive);
  }

  @Test
  void shouldAnswerAWrongRequestWithAnErrorForPeople() throws PortException {
    var right = ground().purchase(MarketGround.FLEET, 1, 1);
    var nowhere = with(right, right.subnet(), new LaunchTemplate("nosuch", "1"));
    var unknown = with(right, "subnet-0123456789abcdef0", right.template());

    for (var wrong : Set.of(nowhere, unknown)) {
      var answer = ground().port().buy(wrong);

      assertThat(answer.bought()).isEmpty();
      assertThat(answer.errors())
          .isNotEmpty()
          .allMatch(error -> error.kind() == PurchaseError.Kind.REQUEST);
    }
    assertThat(ground().machines()).isEmpty();
  }

  private static Purchase with(Purchase from, String subnet, LaunchTemplate template) {
    return new Purchase(
        from.fleet(),
        from.number(),
        from.pool(),
        subnet,
        from.count(),
        from.each(),
        from.ceiling(),
        Optional.empty(),
        template,
        from.decidedAt());
  }

  @Test
  void shouldLeaveOutASubnetThatDoesNotExist() {
    var known = ground().subnet();

    var read = ground().port().subnets(Set.of(known.id(), "subnet-0123456789abcdef0"));

    assertThat(read.ifKnown().orElseThrow()).containsExactly(known);
  }

  @Test
  void shouldKnowTheTypesThatAreSold() {
    var types = ground().port().types().ifKnown().orElseThrow();

    var type = Objects.requireNonNull(types.get(new MachineType("m5.large")));
    assertThat(type.vcpus()).isEqualTo(2);
    assertThat(type.memoryGib()).isEqualTo(8);
    assertThat(type.storageGb()).isZero();
  }

  @Test
  void shouldTellPricesFromTheOneThatStoodBefore() {
    var since = ground().now().minus(Duration.ofHours(6));
    var unsold = Pool.of("x99.huge", ground().pool().zone().value());

    var prices = ground().port().prices(Set.of(ground().pool(), unsold), since);

    assertThat(prices.ifKnown().orElseThrow())
        .extracting(PriceSeries::pool)
        .containsExactly(ground().pool());
    var points = prices.ifKnown().orElseThrow().get(0).points();
    assertThat(points.get(0).at()).isBefore(since);
    assertThat(points).allMatch(point -> point.usd().nanos() > 0);
  }
}
