package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.sentence;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy.State;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.ANode;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class NodeIsEmptyTest {
  private final NodeIsEmpty guard = new NodeIsEmpty();
  private final ACluster cluster = marked(aCluster().with(ANode.aNode("spot4")), APolicy.OWNER);

  private static ACluster marked(ACluster cluster, String owner) {
    new Mark(owner, 1, "Baseline", "None", List.of(), new TreeMap<>(), new TreeMap<>(), "")
        .settings()
        .forEach((key, value) -> value.ifPresent(text -> cluster.persistent(key, text)));
    return cluster.persistent(Routing.EXCLUDE_NAME, "spot4,spot1");
  }

  @Test
  void shouldAcceptAnEmptyNodeThatIsExcluded() {
    assertThat(ask(guard, aPolicy(), cluster, "spot4")).isEmpty();
  }

  @Test
  void shouldRefuseWhileCopiesAreLeft() {
    var refusal = ask(guard, aPolicy(), cluster, "spot1");

    assertThat(sentence(refusal)).isEqualTo("2 copies are left on spot1");
    assertThat(refusal).map(NodeIsEmpty::passesByItself).contains(true);
  }

  /** What ES 6 closed has files on disks, and no shard in the routing table of ES 7. */
  @Test
  void shouldRefuseWhereAnIndexHasNoShardInTheRoutingTable() {
    cluster.index("old", index -> index);

    var refusal = ask(guard, aPolicy(), cluster, "spot4");

    assertThat(sentence(refusal)).contains("open or delete old");
    assertThat(refusal).map(NodeIsEmpty::passesByItself).contains(false);
  }

  @Test
  void shouldRefuseWhileACopyIsOnItsWay() {
    cluster.copy("logs", 0, State.RELOCATING, "spot2", "spot4", "");

    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot4")))
        .isEqualTo("1 copies are left on spot4");
  }

  @Test
  void shouldRefuseWhereTwoNodesHaveTheName() {
    var seen = cluster.cluster();
    var nodes = new ArrayList<>(seen.nodes());
    nodes.add(twin(seen.node(new NodeName("spot4")).orElseThrow()));
    var with = with(nodes, seen);
    var member = Asking.members(cluster, "spot4");

    var refusal =
        guard.refuses(
            new StopQuestion(
                aPolicy().build(), cluster.view(Script.NOW), with, member, Script.NOW));

    assertThat(sentence(refusal)).startsWith("2 nodes have the name spot4");
    assertThat(refusal).map(NodeIsEmpty::passesByItself).contains(false);
  }

  private static ClusterView with(List<NodeView> nodes, ClusterView seen) {
    return new ClusterView(
        seen.uuid(),
        seen.engine(),
        true,
        seen.master(),
        seen.voters(),
        nodes,
        seen.copies(),
        seen.indices(),
        seen.sizes(),
        seen.settings(),
        0,
        seen.explanations());
  }

  private static NodeView twin(NodeView node) {
    return new NodeView(
        new NodeId("twin"),
        node.name(),
        "twin",
        node.zone(),
        node.roles(),
        node.startedAt(),
        node.disk(),
        node.minimumMasterNodes());
  }

  @Test
  void shouldRefuseWhereTheExclusionIsNotInForce() {
    cluster.transients(Routing.EXCLUDE_NAME, "spot1");

    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot4"))).contains("not in force");
  }

  @Test
  void shouldRefuseUnderTheMarkOfSomebodyElse() {
    marked(cluster, "other/cluster/uid");

    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot4"))).contains("not in force");
  }

  @Test
  void shouldRefuseWhileAShardHasNoPrimary() {
    cluster.leaves("backup1", dev.caretaker.elastic.model.HostProcess.State.DIED);
    cluster.leaves("spot1", dev.caretaker.elastic.model.HostProcess.State.DIED);

    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot4"))).contains("no started primary");
  }
}
