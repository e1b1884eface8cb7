package dev.caretaker.adapter.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.bench.BigState;
import dev.caretaker.bench.ReadBench;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Observed;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The largest cluster that Caretaker is meant for is read whole. */
class BigStateTest {

  private static Observed<ClusterView> read() {
    // The machine that tests run on may be busy; the measured time stands in docs/performance.md.
    var patient = Duration.ofMinutes(1);
    try (var server = ReadBench.server();
        var adapter =
            new ElasticsearchAdapter(
                new EsConnection(
                    List.of(server.url()),
                    Optional.empty(),
                    Optional.empty(),
                    new EsConnection.Probe(Optional.empty(), patient),
                    "zone",
                    new EsConnection.Timeouts(patient, patient, patient)))) {
      return adapter.read(Set.of());
    }
  }

  @Test
  void shouldReadEveryOneOfFiftyThousandCopies() {
    var view = read().ifKnown().orElseThrow();

    assertThat(view.nodes()).hasSize(100).allMatch(NodeView::answers);
    assertThat(view.copies()).hasSize(25_000);
    assertThat(view.allCopies()).hasSize(50_000).allMatch(ShardCopy::isSafeCopy);
    assertThat(view.copiesTouching(new NodeId(BigState.nodeId(7)))).hasSize(500);
    assertThat(view.copiesOf(new ShardId("i2499", 9)))
        .extracting(ShardCopy::node)
        .containsExactly(
            Optional.of(new NodeId(BigState.nodeId(99))),
            Optional.of(new NodeId(BigState.nodeId(0))));
    assertThat(view.pendingTasks()).isEqualTo(3);
    assertThat(view.health()).isEqualTo(ClusterView.Health.GREEN);
  }
}
