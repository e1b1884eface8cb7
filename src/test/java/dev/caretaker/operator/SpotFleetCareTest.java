package dev.caretaker.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.api.SpotFleetStatus;
import dev.caretaker.fleet.FleetProgress;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.pass.ProgressStore.StaleWriter;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import dev.caretaker.world.market.SpotMachine;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The care of SpotFleets on a real API server, with a simulated market behind it. */
@RequiresApiServer
class SpotFleetCareTest {
  private static final String WITH_DATA =
      "workload: {esCluster: {name: main, zone: spot}}\ndeletionPolicy: Drain\n";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final FleetGround ground;

  SpotFleetCareTest(ApiServer server) throws IOException {
    ground = new FleetGround(server, registry);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void shouldBuyWhatIsWantedAndGiveItBackWithTheResource() {
    ground.create(FleetGround.SPEC);
    ground.settle();

    var status = ground.status();
    assertThat(ground.alive()).hasSize(2);
    assertThat(status.machineCount()).isEqualTo(2);
    assertThat(requireNonNull(status.utility()).running()).isEqualTo("20");
    assertThat(status.spendUsdPerHour()).isEqualTo("0.06");
    assertThat(status.budgetUsdPerHour()).isEqualTo("1.00");
    assertThat(ground.condition("Ready").status()).isEqualTo("True");
    assertThat(requireNonNull(status.decisions()).get(0).because()).contains("2 x m5d.large");
    assertThat(ground.read().getMetadata().getFinalizers()).contains(Stored.FINALIZER);
    assertThat(registry.scrape())
        .contains("caretaker_fleet_purchases_total{kind=\"SpotFleet\"")
        .contains("} 2.0");

    ground.client.resource(ground.read()).delete();
    ground.settle();

    assertThat(ground.alive()).isEmpty();
    assertThat(ground.fleet()).isEmpty();
  }

  @Test
  void shouldCountRefusalsFromNoneSoThatTheFirstRaisesAnAlert() {
    ground.create(FleetGround.SPEC);
    ground.settle();

    assertThat(registry.scrape().lines())
        .filteredOn(line -> line.startsWith("caretaker_fleet_purchase_errors_total{error=\"DENIED"))
        .singleElement()
        .satisfies(line -> assertThat(line).endsWith(" 0.0"));
  }

  @Test
  void shouldNotWriteWhileNothingChanges() {
    ground.create(FleetGround.SPEC);
    ground.settle();
    var version = ground.read().getMetadata().getResourceVersion();

    ground.settle();

    assertThat(ground.read().getMetadata().getResourceVersion()).isEqualTo(version);
  }

  /** The request was carried out and its answer lost: the next process repeats it, unchanged. */
  @Test
  void shouldNotBuyTwiceWhatAnEarlierProcessAsked() {
    ground.create(FleetGround.SPEC);
    ground.answersAreLost = true;
    for (int i = 0; i < 20 && ground.market.machines().isEmpty(); i++) {
      ground.step();
    }
    ground.answersAreLost = false;
    ground.restart();
    ground.settle();

    assertThat(ground.market.machines()).hasSize(2);
    assertThat(ground.alive()).hasSize(2);
  }

  @Test
  void shouldFindItsMachinesByTheirTagsWhenTheStatusIsLost() {
    ground.create(FleetGround.SPEC);
    ground.settle();
    var resource = ground.read();
    resource.setStatus(SpotFleetStatus.EMPTY);
    ground.client.resource(resource).updateStatus();
    ground.restart();
    ground.settle();

    assertThat(ground.market.machines()).hasSize(2);
    assertThat(ground.alive()).hasSize(2);
  }

  @Test
  void shouldLeaveMachinesThatRunAloneWhereTheSpecDoesNotFit() {
    ground.create(FleetGround.SPEC);
    ground.settle();
    ground.edit(FleetGround.SPEC.replace("\"7\"", "\"8\"").replace("subnet-0a", "subnet-0b"));
    ground.settle();

    assertThat(ground.alive()).hasSize(2);
    assertThat(ground.condition("SpecFits").status()).isEqualTo("False");
    assertThat(ground.condition("SpecFits").reason()).isEqualTo("SubnetNotFound");
    assertThat(ground.condition("SpecFits").message()).contains("subnet-0b");
  }

  /** Every kind of it, over the wire: FleetBadInputTest. */
  @Test
  void shouldSayWhatAPersonMustPutRightBeforeEc2Sells() {
    ground.create(FleetGround.SPEC);
    ground.settle();
    ground.edit(FleetGround.SPEC.replace("\"7\"", "\"8\"").replace("utility: 20", "utility: 30"));
    ground.settle();

    assertThat(ground.alive()).hasSize(2);
    assertThat(ground.condition("RequestsAccepted").status()).isEqualTo("False");
    assertThat(ground.condition("RequestsAccepted").reason()).isEqualTo("TemplateNotFound");
    assertThat(ground.condition("RequestsAccepted").message())
        .contains("es-spot with version 8: correct spec.launchTemplate");
    assertThat(ground.condition("Stalled").status()).isEqualTo("True");
  }

  @Test
  void shouldKeepWhatItKnewAndSayWhatToDoWhileItCannotSee() {
    ground.create(FleetGround.SPEC);
    ground.settle();
    ground.machinesAreShown = false;
    ground.settle();
    ground.settle();

    assertThat(ground.alive()).hasSize(2);
    assertThat(ground.status().machineCount()).isEqualTo(2);
    assertThat(ground.condition("Ready").status()).isEqualTo("Unknown");
    assertThat(ground.condition("Stalled").status()).isEqualTo("True");
    assertThat(ground.condition("Stalled").message()).contains("allow ec2:DescribeInstances");
  }

  @Test
  void shouldShowANoticeAndReplaceTheMachine() {
    ground.create(FleetGround.SPEC);
    ground.settle();
    var doomed = ground.alive().get(0);
    ground.market.interrupt(doomed, true);
    ground.market.advance(ground.market.instant().plus(Duration.ofSeconds(5)));
    ground.step();

    assertThat(requireNonNull(ground.status().machines()))
        .filteredOn(each -> doomed.id().value().equals(each.id()))
        .singleElement()
        .satisfies(each -> assertThat(each.state()).isEqualTo("Doomed"))
        .satisfies(each -> assertThat(each.leavesAt()).isNotNull());

    ground.settle();

    assertThat(ground.alive()).hasSize(2).doesNotContain(doomed);
    assertThat(registry.scrape()).contains("caretaker_fleet_interruptions_total");
  }

  @Test
  void shouldTerminateAMachineWithDataOnlyOnceItIsReleased() {
    ground.create(FleetGround.SPEC + WITH_DATA);
    ground.settle();
    var ids = ground.ids();
    ground.edit(FleetGround.SPEC.replace("utility: 20", "utility: 10") + WITH_DATA);
    for (int i = 0; i < 100 && ground.requests().isEmpty(); i++) {
      ground.say(ids, Set.of());
      ground.step();
    }

    assertThat(ground.requests()).hasSize(1);
    assertThat(ground.alive()).hasSize(2);

    var asked = new InstanceId(requireNonNull(ground.requests().get(0).instanceId()));
    ground.say(ids, Set.of(asked));
    ground.step();
    ground.step();

    assertThat(ground.alive()).extracting(SpotMachine::id).doesNotContain(asked).hasSize(1);
  }

  @Test
  void shouldFailAWriteThatWasDecidedOnAnOlderResource() {
    ground.create(FleetGround.SPEC);
    var resource = ground.read();
    var stale = new StoredSpotFleet(ground.client, ground.market, ground.read());
    resource.getMetadata().setLabels(Map.of("changed", "meanwhile"));
    ground.client.resource(resource).update();

    assertThatThrownBy(() -> stale.save(FleetProgress.NONE)).isInstanceOf(StaleWriter.class);
  }
}
