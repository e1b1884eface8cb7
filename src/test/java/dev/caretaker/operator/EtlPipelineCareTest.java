package dev.caretaker.operator;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.QueueName;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.ArgoHealth;
import dev.caretaker.testkit.RequiresApiServer;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The care of EtlPipelines and of the fleet they share, on a real API server. */
@RequiresApiServer
class EtlPipelineCareTest {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final PipelineGround ground;

  EtlPipelineCareTest(ApiServer server) throws IOException {
    ground = new PipelineGround(server, registry);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @Test
  void shouldMakeTheQueueAndHaveMachinesBoughtForWhatIsInIt() {
    ground.create(PipelineGround.NAME, PipelineGround.SPEC);
    ground.fleet.create(PipelineGround.FLEET);
    ground.settle();

    assertThat(ground.world.queues).containsKey(new QueueName("etl"));

    ground.world.backlog = 2_000;
    ground.settle();
    ground.restart();
    ground.settle();

    var demand = requireNonNull(ground.status().demand());
    assertThat(Double.parseDouble(requireNonNull(demand.utility()))).isGreaterThanOrEqualTo(10);
    assertThat(demand.because()).isNotBlank();
    assertThat(ground.wanted()).isEqualTo(demand.utility());
    assertThat(ground.fleet.alive()).isNotEmpty();
    assertThat(ground.world.running).isNotEmpty();
    assertThat(requireNonNull(ground.status().queue()).backlog()).isEqualTo(2_000);
    assertThat(requireNonNull(ground.status().workers()).working())
        .isEqualTo(ground.world.running.size());
    assertThat(ground.condition(PipelineGround.NAME, "Flowing").status()).isEqualTo("True");
    assertThat(registry.scrape())
        .contains("caretaker_pipeline_messages{kind=\"EtlPipeline\"")
        .contains("caretaker_pipeline_demand{kind=\"EtlPipeline\"");
    var created =
        ground.world.changes.stream().filter(PipelineAction.CreateQueue.class::isInstance);
    assertThat(created).hasSize(1);
  }

  @Test
  void neverListsTheObjectsOfABackfillThatIsDone() {
    ground.create(PipelineGround.NAME, PipelineGround.SPEC + PipelineGround.BACKFILL);
    ground.fleet.create(PipelineGround.FLEET);
    ground.settle();
    int before = ground.world.listings;
    assertThat(before).isPositive();

    ground.restart();
    ground.settle();

    assertThat(ground.world.listings).isEqualTo(before);
  }

  /** Unknown is not nothing: what was bought stays, and works. */
  @Test
  void shouldKeepTheLastDemandWhileTheQueueCannotBeRead() {
    ground.create(PipelineGround.NAME, PipelineGround.SPEC);
    ground.fleet.create(PipelineGround.FLEET);
    ground.world.backlog = 2_000;
    ground.settle();
    ground.settle();
    var machines = ground.fleet.ids();

    ground.world.queuesAreShown = false;
    ground.restart();
    ground.settle();

    assertThat(machines).isNotEmpty();
    assertThat(ground.fleet.ids()).isEqualTo(machines);
    assertThat(requireNonNull(ground.status().queue()).backlog()).isEqualTo(2_000);
    assertThat(ground.condition(PipelineGround.NAME, "QueueInSync").message())
        .contains("allow sqs:GetQueueAttributes");
  }

  @Test
  void shouldBuyNothingForAPipelineThatDoesNotNameTheFleet() {
    ground.fleet.create(PipelineGround.FLEET);
    ground.create(PipelineGround.NAME, PipelineGround.SPEC.replace("name: es}", "name: other}"));
    ground.world.backlog = 2_000;
    ground.settle();

    assertThat(ground.fleet.alive()).isEmpty();
    assertThat(ground.status().doing()).isNotBlank();
  }

  @Test
  void shouldRefuseTheYoungerOfTwoThatNameOneQueue() {
    ground.create(PipelineGround.NAME, PipelineGround.SPEC);
    ground.fleet.create(PipelineGround.FLEET);
    ground.settle();
    var before = ground.world.changes.size();

    ground.create("younger", PipelineGround.SPEC);
    ground.settle();

    assertThat(ground.condition("younger", "Ready").status()).isNotEqualTo("True");
    assertThat(ground.condition("younger", "Stalled").message())
        .contains(ground.fleet.namespace + "/" + PipelineGround.NAME);
    assertThat(ground.world.changes).hasSize(before);
  }

  @Test
  void shouldHoldWorkersUntilTheMappingCanBeReadAndTheTableStands() {
    ground.cluster("main", "True");
    ground.create(PipelineGround.NAME, PipelineGround.SPEC + PipelineGround.TABLE);
    ground.fleet.create(PipelineGround.FLEET);
    ground.world.backlog = 2_000;
    ground.settle();

    assertThat(ground.world.running).isEmpty();
    assertThat(ground.condition(PipelineGround.NAME, "TablesEstablished").message())
        .contains("there is no ConfigMap coverage: create it");

    ground.configMap("coverage", "{\"properties\": ");
    ground.settle();

    assertThat(ground.condition(PipelineGround.NAME, "TablesEstablished").message())
        .contains("is no JSON: look at line 1");

    ground.configMap("coverage", "{\"properties\": {}}");
    ground.settle();
    ground.settle();

    assertThat(ground.condition(PipelineGround.NAME, "TablesEstablished").status())
        .isEqualTo("True");
    assertThat(ground.world.indices.keySet())
        .singleElement()
        .satisfies(each -> assertThat(each).startsWith("coverage2026"));
    assertThat(ground.world.running).isNotEmpty();
  }

  /** One that is not there, or is only just made, is no reason to let messages of others expire. */
  @Test
  void shouldBuyForThoseThatSpeakWhereAnotherIsSilent() {
    ground.create(PipelineGround.NAME, PipelineGround.SPEC);
    ground.fleet.create(PipelineGround.FLEET.replace("{name: etl}", "{name: etl}, {name: gone}"));
    ground.world.backlog = 2_000;
    ground.settle();
    ground.settle();

    assertThat(ground.fleet.alive()).isNotEmpty();
    assertThat(ground.world.running).isNotEmpty();
    assertThat(ground.fleet.condition("DemandMet").status()).isEqualTo("Unknown");
    assertThat(ground.fleet.condition("DemandMet").message())
        .contains("there is no EtlPipeline gone: take it out of spec.demand.pipelines");
  }

  /** Who stopped it needs no alarm of their GitOps tool; the clock of the messages goes on. */
  @Test
  void shouldTellThatItWasStopped() throws IOException {
    ground.create(PipelineGround.NAME, PipelineGround.SPEC + "state: Stopped\n");
    ground.fleet.create(PipelineGround.FLEET);
    ground.settle();
    ground.world.backlog = 2_000;
    ground.settle();

    assertThat(ArgoHealth.esCluster().of(ground.read(PipelineGround.NAME)))
        .isEqualTo(new ArgoHealth.Health("Suspended", "spec.state is Stopped"));
    assertThat(ground.fleet.alive()).isEmpty();
    assertThat(ground.condition(PipelineGround.NAME, "BacklogSafe").message())
        .contains("the oldest message is deleted at");
  }

  @Test
  void shouldTakeAnEmptyQueueWithTheResourceOnlyWhereThatIsAsked() {
    ground.create(PipelineGround.NAME, PipelineGround.SPEC + "deletionPolicy: Delete\n");
    ground.fleet.create(PipelineGround.FLEET);
    ground.settle();
    assertThat(ground.read(PipelineGround.NAME).getMetadata().getFinalizers())
        .contains(Stored.FINALIZER);

    ground.delete(PipelineGround.NAME);
    ground.settle();

    assertThat(ground.world.queues).isEmpty();
    assertThat(ground.all()).isEmpty();
  }

  @Test
  void shouldLeaveTheQueueWhereItIsByDefault() {
    ground.create(PipelineGround.NAME, PipelineGround.SPEC);
    ground.fleet.create(PipelineGround.FLEET);
    ground.settle();
    assertThat(ground.read(PipelineGround.NAME).getMetadata().getFinalizers()).isEmpty();

    ground.delete(PipelineGround.NAME);
    ground.settle();

    assertThat(ground.world.queues).containsKey(new QueueName("etl"));
  }

  @Test
  void shouldDivideTheMachinesOfAFleetThatIsShared() {
    var shared = PipelineGround.FLEET.replace("{name: etl}", "{name: etl}, {name: other}");
    ground.create(PipelineGround.NAME, PipelineGround.SPEC);
    var other =
        PipelineGround.SPEC
            .replace("name: etl,", "name: other,")
            .replace("program: etl", "program: other");
    ground.create("other", other);
    ground.fleet.create(shared);
    ground.world.backlog = 2_000;
    ground.settle();
    ground.settle();

    var owners =
        requireNonNull(ground.fleet.status().machines()).stream()
            .map(each -> Objects.toString(each.pipeline()))
            .toList();
    assertThat(owners).contains("etl", "other");
    var asked = requireNonNull(ground.status().demand()).utility();
    var others = requireNonNull(ground.status("other").demand()).utility();
    assertThat(Double.parseDouble(ground.wanted()))
        .isEqualTo(
            Double.parseDouble(requireNonNull(asked)) + Double.parseDouble(requireNonNull(others)));
  }
}
