package dev.caretaker.adapter.elasticsearch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Engine;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.testkit.Recorded;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every engine's answers become the same words. */
class RecordedReadTest {
  private static final ShardId CROWDED = new ShardId("crowded", 0);

  private static ClusterView view(String engine) {
    try (var server = Recorded.server(engine);
        var adapter = new ElasticsearchAdapter(Connections.to(server.url()))) {
      return adapter.read(Set.of()).ifKnown().orElseThrow();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"es6", "es7", "es8", "opensearch"})
  void shouldReadNodesWithIdentityZoneAndRoles(String engine) {
    var view = view(engine);

    assertThat(view.fromMaster()).isTrue();
    assertThat(view.uuid()).hasSize(22);
    assertThat(view.nodes())
        .extracting(NodeView::name)
        .containsExactly(new NodeName("b1"), new NodeName("s1"), new NodeName("s2"));
    assertThat(view.node(new NodeName("b1")).orElseThrow().zone()).contains(new ZoneName("backup"));
    assertThat(view.nodes())
        .allSatisfy(
            node -> {
              assertThat(node.masterEligible()).isTrue();
              assertThat(node.holdsData()).isTrue();
              assertThat(node.answers()).isTrue();
              assertThat(node.disk()).isPresent();
              assertThat(node.ephemeralId()).hasSize(22);
            });
    assertThat(view.voters())
        .containsExactlyInAnyOrderElementsOf(view.nodes().stream().map(NodeView::id).toList());
    assertThat(view.master()).isPresent().get().isIn(view.voters());
  }

  @ParameterizedTest
  @ValueSource(strings = {"es6", "es7", "es8", "opensearch"})
  void shouldReadCopiesWithInSyncAndReason(String engine) {
    var copies = view(engine).copiesOf(CROWDED);

    assertThat(copies).filteredOn(ShardCopy::isSafeCopy).hasSize(3);
    assertThat(copies).filteredOn(ShardCopy::primary).hasSize(1);
    assertThat(copies)
        .filteredOn(copy -> copy.state() == ShardCopy.State.UNASSIGNED)
        .containsExactly(
            new ShardCopy(
                CROWDED,
                false,
                ShardCopy.State.UNASSIGNED,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of("INDEX_CREATED")));
  }

  @ParameterizedTest
  @ValueSource(strings = {"es6", "es7", "es8", "opensearch"})
  void shouldReadWhatIndicesSayAboutPlacement(String engine) {
    var view = view(engine);

    var limited = index(view, "limited");
    assertThat(limited.replicas()).isEqualTo(1);
    assertThat(limited.allocationEnable()).contains("all");
    assertThat(limited.rebalanceEnable()).contains("none");
    assertThat(limited.totalShardsPerNode()).contains(1);
    assertThat(limited.filters()).isEqualTo(Map.of("include.zone", "spot,backup"));
    assertThat(index(view, "books").filters()).isEmpty();
    assertThat(index(view, "books").totalShardsPerNode()).isEmpty();
    assertThat(index(view, "wide").autoExpands()).isTrue();
    assertThat(index(view, "books").autoExpands()).isFalse();
    assertThat(index(view, "shut").open()).isFalse();
    assertThat(index(view, "books").open()).isTrue();
  }

  private static IndexView index(ClusterView view, String name) {
    return Optional.ofNullable(view.indices().get(name)).orElseThrow();
  }

  @ParameterizedTest
  @ValueSource(strings = {"es6", "es7", "es8", "opensearch"})
  void shouldReadSettingsOfBothScopesAndBelow(String engine) {
    var settings = view(engine).settings();

    assertThat(settings.persistent())
        .containsEntry("cluster.routing.allocation.exclude.zone", "spot")
        .containsEntry("cluster.routing.allocation.awareness.attributes", "zone")
        .containsEntry("cluster.metadata.caretaker.owner", "a/b/c");
    assertThat(settings.transientScope())
        .isEqualTo(Map.of("cluster.routing.allocation.exclude._name", ""));
    assertThat(settings.inForce("cluster.routing.allocation.enable")).contains("all");
    assertThat(settings.inForce("cluster.routing.allocation.disk.watermark.high")).contains("90%");
  }

  @ParameterizedTest
  @ValueSource(strings = {"es6", "es7", "es8", "opensearch"})
  void shouldReadTheSizeOfEachPrimary(String engine) {
    var view = view(engine);

    assertThat(view.sizeOf(new ShardId("books", 1)).value()).isBetween(3000L, 20_000L);
    assertThat(view.sizes()).doesNotContainKey(new ShardId("shut", 0));
  }

  @Test
  void shouldTellEnginesApart() {
    assertThat(view("es6").engine())
        .isEqualTo(new Engine(Engine.Flavour.ELASTICSEARCH, 6, "6.8.23"));
    assertThat(view("es7").engine())
        .isEqualTo(new Engine(Engine.Flavour.ELASTICSEARCH, 7, "7.17.29"));
    assertThat(view("es8").engine())
        .isEqualTo(new Engine(Engine.Flavour.ELASTICSEARCH, 8, "8.19.21"));
    assertThat(view("opensearch").engine())
        .isEqualTo(new Engine(Engine.Flavour.OPENSEARCH, 3, "3.6.0"));
  }

  @Test
  void shouldReadTheQuorumThatEachNodeOfElasticsearch6BelievesIn() {
    assertThat(view("es6").nodes())
        .allSatisfy(node -> assertThat(node.minimumMasterNodes()).contains(2));
    assertThat(view("es8").nodes())
        .allSatisfy(node -> assertThat(node.minimumMasterNodes()).isEmpty());
  }

  @Test
  void shouldKnowAFrozenNodeByItsMissingAnswerAndKeepItsRoles() {
    try (var server = Recorded.server("es6");
        var adapter = new ElasticsearchAdapter(Connections.to(server.url()))) {
      adapter.read(Set.of());
      var all = Recorded.answer("es6", "nodes");
      var frozen =
          all.replace("JlPwDWc4Tmy9aSrQDzB2Pg", "gone").replace("\"failed\":0", "\"failed\":1");
      server.answer("GET /_nodes/jvm,settings", 200, frozen).stall("GET /_stats/store");

      var view = adapter.read(Set.of()).ifKnown().orElseThrow();

      var node = view.node(new NodeName("s2")).orElseThrow();
      assertThat(node.answers()).isFalse();
      assertThat(node.masterEligible()).isTrue();
      assertThat(node.holdsData()).isTrue();
      assertThat(view.sizeOf(new ShardId("books", 1)).value()).isPositive();
    }
  }

  @Test
  void shouldNameTheDeciderThatAPersonCanActOn() {
    try (var server = Recorded.server("es8");
        var adapter = new ElasticsearchAdapter(Connections.to(server.url()))) {
      server.answer(
          "POST /_cluster/allocation/explain", 200, Recorded.answer("es8", "explain-assigned"));
      var shard = new ShardId("books", 0);

      var view = adapter.read(Set.of(shard)).ifKnown().orElseThrow();

      var explanation = Optional.ofNullable(view.explanations().get(shard)).orElseThrow();
      assertThat(explanation.decider()).isEqualTo("awareness");
      assertThat(explanation.sentence()).startsWith("on b1: there are [2]");
      assertThat(server.requests())
          .anyMatch(request -> request.contains("\"current_node\":\"tzfu8mmcTBOaEzU_KLsSOA\""));
    }
  }
}
