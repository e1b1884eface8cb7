package dev.caretaker.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import dev.caretaker.world.market.SpotMachine;
import java.io.IOException;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A fleet whose machines are a cluster's nodes: both resources on a real API server. */
@RequiresApiServer
class FleetOfAClusterTest {
  private static final String MAIN = "main";

  /** The ids that the market gives to the first machines that it sells. */
  private static final String[] MACHINES = {"i-00000001", "i-00000002", "i-00000003"};

  private static final String CLUSTER =
      """
      connection: {endpoints: ["http://127.0.0.1:9200"]}
      zones: {list: [{name: backup, risk: Reliable}, {name: spot, risk: Risky}]}
      hosts:
        access: {local: {keeper: "http://127.0.0.1:9800"}}
        list: [{node: backup1, zone: backup}, {node: backup2, zone: backup}]
        fleets: [{name: es, zone: spot}]
      """;
  private static final String FLEET =
      FleetGround.SPEC.replace("utility: 20", "utility: 30")
          + "workload: {esCluster: {name: main, zone: spot}}\ndeletionPolicy: Drain\n";

  private final CareGround ground;
  private final FleetGround fleet;

  FleetOfAClusterTest(ApiServer server) throws IOException {
    ground = new CareGround(server, CareGround.withSpot(MACHINES));
    fleet = new FleetGround(ground);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void shouldGiveAMachineBackOnlyWhenItsNodeIsProvenEmpty() {
    ground.create(MAIN, CLUSTER);
    fleet.create(FLEET);
    until(() -> fleet.alive().size() == 3 && "30".equals(running()));

    fleet.edit(FLEET.replace("utility: 30", "utility: 20"));
    until(() -> !fleet.requests().isEmpty());
    var asked = requireNonNull(fleet.requests().get(0).instanceId());

    assertThat(fleet.ids()).hasSize(3);
    until(
        () -> {
          assertThat(isReleased(asked) || isAlive(asked)).as("terminated unreleased").isTrue();
          return !isAlive(asked);
        });
    assertThat(nodes()).doesNotContain(new NodeName(asked)).hasSize(4);
    assertThat(isReleased(asked)).isTrue();
    assertThat(fleet.alive()).hasSize(2);
    until(() -> fleet.requests().isEmpty() && ground.mark().isEmpty());
    assertThat(ground.settings()).doesNotContainValue(asked);
  }

  @Test
  void shouldNotTouchAFleetThatTheClusterDoesNotName() {
    ground.create(MAIN, CLUSTER.replace("name: es, zone", "name: other, zone"));
    fleet.create(FLEET);
    for (int i = 0; i < 150; i++) {
      step();
    }

    // Nobody says that they are at work, and nobody that they are not.
    assertThat(fleet.alive()).hasSize(3);
    assertThat(fleet.requests()).isEmpty();
    assertThat(ground.events(MAIN))
        .anyMatch(each -> each.getMessage().contains("there is no SpotFleet other"));
  }

  private String running() {
    return String.valueOf(requireNonNull(fleet.status().utility()).running());
  }

  private boolean isAlive(String machine) {
    return fleet.alive().stream().map(SpotMachine::id).anyMatch(id -> id.value().equals(machine));
  }

  private boolean isReleased(String machine) {
    var released = ground.read(MAIN).getStatus().released();
    return released != null
        && released.stream().anyMatch(each -> machine.equals(each.instanceId()));
  }

  private java.util.List<NodeName> nodes() {
    return ground
        .world
        .engine()
        .read(Set.of())
        .ifKnown()
        .map(ClusterView::nodes)
        .orElseThrow()
        .stream()
        .map(each -> each.name())
        .toList();
  }

  private void until(java.util.function.BooleanSupplier condition) {
    for (int i = 0; i < 400 && !condition.getAsBoolean(); i++) {
      step();
    }
    assertThat(condition.getAsBoolean()).as(() -> "fleet " + fleet.status()).isTrue();
  }

  private void step() {
    ground.step(MAIN);
    fleet.step();
  }
}
