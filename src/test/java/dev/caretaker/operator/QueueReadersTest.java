package dev.caretaker.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.sqs.Queue;
import dev.caretaker.adapter.sqs.SqsNotices;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import dev.caretaker.world.market.SpotMachine;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notices from a real queue, to the status of a fleet on a real API server. */
@RequiresApiServer
class QueueReadersTest {
  private static final String SPEC = FleetGround.SPEC + "interruption: {queue: notices}\n";
  private static final Pool OTHER = Pool.of("m6d.large", "us-west-2a");
  private static final String REPLACE =
      FleetGround.SPEC.replace(
              "[{type: m5d.large", "[{type: m6d.large, utility: \"10\"}, {type: m5d.large")
          + "interruption: {queue: notices, rebalance: Replace}\n";
  private static final InstanceId NOBODYS = new InstanceId("i-0000ffff");

  /** A message that every reader deletes at once, and that ends its wait. */
  private static final String IRRELEVANT = "{\"Event\":\"autoscaling:TEST_NOTIFICATION\"}";

  private final Queue queue = new Queue(600);
  private final SqsNotices port = queue.open("notices");
  private final FleetGround ground;

  QueueReadersTest(ApiServer server) throws IOException {
    ground = new FleetGround(server, new PrometheusMeterRegistry(PrometheusConfig.DEFAULT));
    ground.queue = Optional.of(port);
    ground.create(SPEC);
    ground.settle();
  }

  @AfterEach
  void close() {
    ground.close();
    port.close();
    queue.close();
  }

  @Test
  void shouldReplaceAMachineAndDeleteItsNoticeOnceThatIsSaved() throws InterruptedException {
    var doomed = ground.alive().get(0);
    queue.send(List.of(warning(doomed.id())));
    await(() -> isAnnounced(doomed));
    queue.send(List.of(IRRELEVANT));
    await(() -> queue.size() == 1);

    ground.step();
    ground.step();

    assertThat(requireNonNull(ground.status().machines()))
        .filteredOn(each -> doomed.id().value().equals(each.id()))
        .singleElement()
        .satisfies(each -> assertThat(each.state()).isEqualTo("Doomed"));
    assertThat(ground.condition("NoticesHeard").status()).isEqualTo("True");
    queue.send(List.of(IRRELEVANT));
    await(() -> queue.size() == 0);
  }

  /** It comes again when its time is over, for whoever has the machine. */
  @Test
  void shouldLeaveTheNoticeOfAMachineThatRunsElsewhere() throws InterruptedException {
    var elsewhere = ground.market.stranger(FleetGround.POOL);
    ground.step();
    queue.send(List.of(warning(elsewhere.id()), warning(NOBODYS), IRRELEVANT));
    await(() -> queue.size() == 2);

    overTwoMinutes();
    queue.send(List.of(IRRELEVANT));

    await(() -> queue.size() == 1);
    ground.market.interrupt(elsewhere, false);
    ground.step();
    queue.send(List.of(warning(elsewhere.id()), IRRELEVANT));
    await(() -> queue.size() == 2);
    overTwoMinutes();
    queue.send(List.of(IRRELEVANT));
    await(() -> queue.size() == 1);
  }

  @Test
  void shouldDeleteWhatIsNobodysOnceEveryFleetHasLooked() throws InterruptedException {
    queue.send(List.of(warning(NOBODYS)));
    queue.send(List.of(IRRELEVANT));
    await(() -> queue.size() == 1);

    overTwoMinutes();
    queue.send(List.of(IRRELEVANT));

    await(() -> queue.size() == 0);
  }

  /** A machine that EC2 does not show may be one that was bought a second ago. */
  private void overTwoMinutes() {
    for (int i = 0; i < 5; i++) {
      ground.step();
      ground.market.advance(ground.market.instant().plusSeconds(30));
    }
    ground.step();
  }

  @Test
  void shouldReplaceAMachineThatEc2RecommendsToLeave() throws InterruptedException {
    ground.market.type(new TypeView(OTHER.type(), 2, 8, 75, Optional.empty()));
    var before = ground.market.instant().minus(Duration.ofDays(8));
    ground.market.prices().set(OTHER, before, UsdPerHour.of("0.031"));
    ground.edit(REPLACE);
    ground.settle();
    var advised = ground.alive().get(0).id();

    queue.send(List.of(recommendation(advised)));
    queue.send(List.of(recommendation(advised), IRRELEVANT));
    await(() -> queue.size() == 2);
    ground.step();
    assertThat(ground.condition("RebalanceFollowed").message()).contains(advised.value());
    ground.restart();
    ground.settle();
    queue.send(List.of(IRRELEVANT));

    await(() -> queue.size() == 0);
    assertThat(ground.ids()).hasSize(2).doesNotContain(advised);
    assertThat(ground.alive()).extracting(SpotMachine::pool).contains(OTHER);
    assertThat(ground.condition("RebalanceFollowed").status()).isEqualTo("True");
  }

  private String recommendation(InstanceId machine) {
    return String.format(
        """
        {"detail-type":"EC2 Instance Rebalance Recommendation","source":"aws.ec2",
         "time":"%s","detail":{"instance-id":"%s"}}""",
        ground.market.instant(), machine);
  }

  @Test
  void shouldSayThatAMessageCannotBeReadAndLeaveIt() throws InterruptedException {
    queue.send(List.of("no JSON"));
    await(
        () -> {
          ground.step();
          return "False".equals(ground.condition("NoticesHeard").status());
        });

    assertThat(ground.condition("NoticesHeard").message()).contains("redrive policy");
    assertThat(ground.alive()).hasSize(2);
    assertThat(queue.size()).isEqualTo(1);
  }

  private boolean isAnnounced(SpotMachine machine) {
    return ground.market.describe(ground.market.instant()).stream()
        .filter(each -> each.id().equals(machine.id()))
        .map(ground.notices::noticed)
        .anyMatch(each -> each.leavesAt().isPresent());
  }

  private String warning(InstanceId machine) {
    return String.format(
        """
        {"detail-type":"EC2 Spot Instance Interruption Warning","source":"aws.ec2",
         "time":"%s","detail":{"instance-id":"%s","instance-action":"terminate"}}""",
        ground.market.instant(), machine);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
