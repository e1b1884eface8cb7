package dev.caretaker.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.RequiresApiServer;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Pausing an EsCluster in the middle of everything, on a real API server. */
@RequiresApiServer
class PauseTest {
  private static final String NAME = "main";

  /** More looks than a set takes from its beginning to its end. */
  private static final int LOOKS = 60;

  private final CareGround ground;

  PauseTest(ApiServer server) throws IOException {
    ground = new CareGround(server);
  }

  @AfterEach
  void close() {
    ground.close();
  }

  @ParameterizedTest
  @EnumSource(Stage.class)
  void shouldRestWithEveryNodeAndGoOnAfterwards(Stage stage) {
    var before = incarnations();
    var asked = ground.bounce();
    ground.create(NAME, asked);
    ground.stepUntil(
        NAME, () -> ground.mark().map(Mark::stage).filter(stage.word()::equals).isPresent());
    // One look more, so that what the stage does is under way.
    ground.step(NAME);

    ground.edit(NAME, asked + "paused: true\n");
    ground.settle(NAME, LOOKS);

    var resting = incarnations();
    assertThat(resting).containsOnlyKeys(before.keySet());
    assertThat(ground.settings()).doesNotContainKey(Routing.ENABLE);
    var paused = ground.read(NAME);
    assertThat(CareGround.condition(paused, "Paused").status()).isEqualTo("True");
    assertThat(CareGround.condition(paused, "Stalled").status()).isEqualTo("False");

    ground.settle(NAME, LOOKS);
    assertThat(incarnations()).isEqualTo(resting);

    ground.edit(NAME, asked);
    ground.stepUntil(NAME, () -> Collections.disjoint(incarnations().values(), before.values()));
    ground.stepUntil(NAME, () -> ground.mark().isEmpty());
  }

  private Map<NodeName, String> incarnations() {
    return ground.world.engine().read(Set.of()).ifKnown().map(ClusterView::nodes).stream()
        .flatMap(List::stream)
        .collect(Collectors.toMap(NodeView::name, NodeView::ephemeralId));
  }
}
