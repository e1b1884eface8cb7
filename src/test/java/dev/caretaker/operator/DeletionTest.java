package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.api.EsCluster;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Deleting an EsCluster in the middle of everything: what is held is put back, then it goes. */
@RequiresApiServer
class DeletionTest {
  private static final String NAME = "main";

  /** Somebody else's, which keeps the object readable after ours has gone. */
  private static final String FOREIGN = "example.com/keep";

  private final CareGround ground;

  DeletionTest(ApiServer server) throws IOException {
    ground = new CareGround(server);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldPutBackWhatAnyStageHolds(Stage stage) {
    var before = view();
    ground.create(NAME, ground.bounce());
    ground.stepUntil(
        NAME, () -> ground.mark().map(Mark::stage).filter(stage.word()::equals).isPresent());
    assertThat(ground.read(NAME).getMetadata().getFinalizers()).isNotEmpty();
    // One look more, so that what the stage does is under way.
    ground.step(NAME);

    ground.delete(NAME);
    ground.stepUntil(NAME, () -> !ground.exists(NAME));

    assertThat(ground.mark()).isEmpty();
    assertThat(ground.settings()).isEqualTo(before.settings().persistent());
    assertThat(view().nodes()).hasSameSizeAs(before.nodes());
    assertThat(replicas(view())).isEqualTo(replicas(before));
  }

  @Test
  void shouldPutBackADrain() {
    var before = view();
    ground.create(NAME, CareGround.SPEC + "allocation: {excludeNodes: [spot1]}\n");
    ground.stepUntil(NAME, () -> ground.mark().isPresent());

    ground.delete(NAME);
    ground.stepUntil(NAME, () -> !ground.exists(NAME));

    assertThat(ground.settings()).isEqualTo(before.settings().persistent());
  }

  @Test
  void shouldSayWhatIsLeftWhereElasticsearchStaysAway() {
    ground.create(NAME, ground.bounce());
    ground.stepUntil(
        NAME, () -> ground.mark().map(Mark::stage).filter("Starting"::equals).isPresent());
    finalizers(List.of(StoredEsCluster.FINALIZER, FOREIGN));
    ground.delete(NAME);
    var ports = CareGround.away("the cable was cut");
    var soon = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(9));
    var late = Clock.offset(Clock.systemUTC(), Duration.ofMinutes(11));

    assertThat(ground.care(ports, soon).look(ground.read(NAME), List.of())).isPresent();
    assertThat(ground.read(NAME).getMetadata().getFinalizers()).contains(StoredEsCluster.FINALIZER);

    ground.care(ports, late).look(ground.read(NAME), List.of());

    var last = ground.read(NAME);
    assertThat(last.getMetadata().getFinalizers()).containsExactly(FOREIGN);
    assertThat(CareGround.condition(last, "Stalled").reason()).isEqualTo("NotRestored");
    assertThat(CareGround.condition(last, "Stalled").message())
        .contains("the cable was cut")
        .contains("Freeze")
        .contains("caretaker release");
    assertThat(ground.events(NAME)).anyMatch(each -> "NotRestored".equals(each.getReason()));
    finalizers(List.of());
  }

  /** What the namespace controller does, one step after the other. */
  @Test
  void shouldNotHangWhereItsNamespaceGoesWithItsSecret() {
    var before = view();
    var secret = new SecretBuilder().withNewMetadata().withName("es").endMetadata();
    ground.client.resource(secret.build()).inNamespace(ground.namespace).create();
    var spec = ground.bounce().replace("\"]}", "\"], credentialsSecret: {name: es}}");
    ground.create(NAME, spec);
    ground.stepUntil(
        NAME, () -> ground.mark().map(Mark::stage).filter("Starting"::equals).isPresent());

    ground.client.namespaces().withName(ground.namespace).delete();
    ground.client.secrets().inNamespace(ground.namespace).withName("es").delete();
    ground.delete(NAME);
    assertThatThrownBy(() -> ground.create("late", CareGround.SPEC))
        .hasMessageContaining("because it is being terminated");
    ground.stepUntil(NAME, () -> !ground.exists(NAME));

    assertThat(ground.mark()).isEmpty();
    assertThat(ground.settings()).isEqualTo(before.settings().persistent());
    assertThat(view().nodes()).hasSameSizeAs(before.nodes());
  }

  private void finalizers(List<String> wanted) {
    ground
        .client
        .resources(EsCluster.class)
        .inNamespace(ground.namespace)
        .withName(NAME)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            wanted.stream()
                .map(each -> "\"" + each + "\"")
                .collect(Collectors.joining(",", "{\"metadata\":{\"finalizers\":[", "]}}")));
  }

  private ClusterView view() {
    return ground.world.engine().read(Set.of()).ifKnown().orElseThrow();
  }

  private static List<Integer> replicas(ClusterView view) {
    return view.indices().values().stream().map(IndexView::replicas).toList();
  }
}
