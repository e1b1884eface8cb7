package dev.caretaker.elastic.shelter;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ACluster.replicas;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy.State;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.ANode;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Where a copy of logs[0] may go, which stands on backup1 and spot1. */
class PlacementTest {
  private static final String AWARENESS = "cluster.routing.allocation.awareness.attributes";
  private static final ShardId SHARD = new ShardId("logs", 0);

  private static String more(ACluster cluster, String target) {
    return objection(cluster, target, Optional.empty());
  }

  private static String objection(ACluster cluster, String target, Optional<String> from) {
    var view = cluster.cluster();
    return new Placement(view, "zone")
        .objection(SHARD, view.node(new NodeName(target)).orElseThrow(), from.map(ANode::id))
        .orElse("none");
  }

  private static IndexView index(Map<String, String> filters, Optional<Integer> perNode) {
    return new IndexView(
        "logs", 1, false, true, Optional.empty(), Optional.empty(), filters, perNode);
  }

  @Test
  void shouldGoWhereNothingSpeaksAgainstIt() {
    assertThat(more(aCluster(), "backup2")).isEqualTo("none");
  }

  @Test
  void neverGoesWhereACopyIsOrArrives() {
    var cluster = aCluster().copy("logs", 0, State.RELOCATING, "spot2", "spot3", "");

    assertThat(more(cluster, "spot1")).isEqualTo("same_shard");
    assertThat(more(cluster, "spot3")).isEqualTo("same_shard");
  }

  @Test
  void neverGoesToANodeWithoutData() {
    var cluster = aCluster();
    cluster.node("backup2").withoutData();

    assertThat(more(cluster, "backup2")).isEqualTo("node_role");
  }

  @Test
  void shouldFollowTheFiltersInForce_transientOverPersistent() {
    var cluster =
        aCluster()
            .persistent(Routing.EXCLUDE_NAME, "backup2")
            .persistent(Routing.EXCLUDE + "zone", "spot");

    assertThat(more(cluster, "backup2")).isEqualTo("filter");
    assertThat(more(cluster, "spot2")).isEqualTo("filter");
    cluster.transients(Routing.EXCLUDE_NAME, "");
    assertThat(more(cluster, "backup2")).isEqualTo("none");
  }

  @Test
  void shouldFollowTheFiltersOfTheIndex() {
    var cluster =
        aCluster().index("logs", old -> index(Map.of("require.zone", "back*"), Optional.empty()));

    assertThat(more(cluster, "spot2")).isEqualTo("filter");
    assertThat(more(cluster, "backup2")).isEqualTo("none");
  }

  @Test
  void shouldSpreadOverZonesWhereTheClusterIsAware() {
    var cluster = aCluster().transients(AWARENESS, "zone");

    assertThat(more(cluster, "backup2")).isEqualTo("awareness");
    assertThat(objection(cluster, "backup2", Optional.of("backup1"))).isEqualTo("none");
    assertThat(objection(cluster, "backup2", Optional.of("spot1"))).isEqualTo("awareness");
  }

  @Test
  void shouldAllowTwoInAZoneOfThreeCopies() {
    var cluster =
        aCluster().transients(AWARENESS, "zone").index("logs", index -> replicas(index, 2));

    assertThat(more(cluster, "backup2")).isEqualTo("none");
  }

  @Test
  void shouldRespectShardsPerNode() {
    var cluster = aCluster().index("logs", old -> index(Map.of(), Optional.of(3)));

    assertThat(more(cluster, "backup2")).isEqualTo("shards_limit");
    assertThat(more(cluster, "spot2")).isEqualTo("none");
  }

  @Test
  void neverGoesOverTheLowWatermark() {
    var cluster = aCluster();
    cluster.node("backup2").freeGib(16);
    assertThat(more(cluster, "backup2")).isEqualTo("none");

    cluster.node("backup2").freeGib(15);
    assertThat(more(cluster, "backup2")).isEqualTo("disk_threshold");
  }

  @Test
  void shouldCountWhatIsOnItsWayToTheDisk() {
    var cluster = aCluster().copy("logs", 1, State.RELOCATING, "spot2", "backup2", "");
    cluster.node("backup2").freeGib(16);

    assertThat(more(cluster, "backup2")).isEqualTo("disk_threshold");
  }

  @Test
  void shouldKnowWhichUnassignedCopiesHaveAPlace() {
    var cluster = aCluster().leaves("spot1", HostProcess.State.DIED);
    var placement = new Placement(cluster.cluster(), "zone");

    assertThat(placement.placeable()).containsExactlyInAnyOrder(SHARD, new ShardId("logs", 3));
    cluster.persistent(Routing.EXCLUDE_NAME, "backup*,spot*");
    assertThat(new Placement(cluster.cluster(), "zone").placeable()).isEmpty();
  }
}
