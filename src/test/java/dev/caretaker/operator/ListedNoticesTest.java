package dev.caretaker.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.sqs.Queue;
import dev.caretaker.adapter.sqs.SqsNotices;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Notices from a real queue, to the spot machines that an EsCluster lists itself. */
@RequiresApiServer
class ListedNoticesTest {
  private static final String MAIN = "main";
  private static final InstanceId MACHINE = new InstanceId("i-0000000a");
  private static final NodeName NODE = new NodeName("spot1");

  private static final String SPEC =
      CareGround.SPEC.replace(
              "{node: spot1, zone: spot}", "{node: spot1, zone: spot, instanceId: i-0000000a}")
          + "  interruptions: {region: us-west-2, queue: notices}\n";

  /** A message that every reader deletes at once, and that ends its wait. */
  private static final String IRRELEVANT = "{\"Event\":\"autoscaling:TEST_NOTIFICATION\"}";

  private final Queue queue = new Queue(3);
  private final SqsNotices port = queue.open("notices");
  private final CareGround ground;

  ListedNoticesTest(ApiServer server) throws IOException {
    ground = new CareGround(server);
    ground.queue = Optional.of(port);
  }

  @AfterEach
  void close() {
    ground.close();
    port.close();
    queue.close();
  }

  @Test
  void shouldEmptyAndStopTheNodeThoughTheOperatorIsRestartedMeanwhile()
      throws InterruptedException {
    ground.create(MAIN, SPEC);
    ground.settle(MAIN, 5);
    queue.send(List.of(warning()));
    await(() -> ground.notices.leavesAt(MACHINE).isPresent());

    ground.settle(MAIN, 2);
    assertThat(ground.settings()).containsValue(NODE.value());
    ground.restart();
    ground.settle(MAIN, 1);
    await(() -> ground.notices.leavesAt(MACHINE).isPresent());
    ground.settle(MAIN, 1);

    assertThat(ground.settings()).containsValue(NODE.value());
    ground.stepUntil(MAIN, () -> !runs());
    assertThat(queue.size()).isEqualTo(1);
    ground.world.advance(60);
    await(
        () -> {
          ground.settle(MAIN, 1);
          boolean empty = queue.size() == 0;
          if (!empty) {
            queue.send(List.of(IRRELEVANT));
          }
          return empty;
        });
    assertThat(CareGround.condition(ground.read(MAIN), "NoticesHeard").status()).isEqualTo("True");
  }

  private boolean runs() {
    var process = requireNonNull(ground.world.hosts().readAll(Set.of(NODE)).get(NODE));
    return process.ifKnown().filter(HostProcess::running).isPresent();
  }

  private String warning() {
    return String.format(
        """
        {"detail-type":"EC2 Spot Instance Interruption Warning","source":"aws.ec2",
         "time":"%s","detail":{"instance-id":"%s","instance-action":"terminate"}}""",
        ground.world.instant(), MACHINE);
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    for (int i = 0; i < 200 && !condition.getAsBoolean(); i++) {
      TimeUnit.MILLISECONDS.sleep(200);
    }
    assertThat(condition.getAsBoolean()).isTrue();
  }
}
