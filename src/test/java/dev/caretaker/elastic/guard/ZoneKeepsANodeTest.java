package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.sentence;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import org.junit.jupiter.api.Test;

class ZoneKeepsANodeTest {
  private final ZoneKeepsANode guard = new ZoneKeepsANode();

  @Test
  void shouldAcceptOneOfThree() {
    assertThat(ask(guard, aPolicy(), aCluster(), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseMoreThanMayBeAway() {
    assertThat(sentence(ask(guard, aPolicy(), aCluster(), "spot1", "spot2")))
        .isEqualTo("2 nodes of zone spot would be away where 1 may be");
  }

  @Test
  void shouldAcceptAsManyAsMayBeAway() {
    assertThat(ask(guard, aPolicy().maxUnavailable(2), aCluster(), "spot1", "spot2")).isEmpty();
  }

  @Test
  void shouldCountNodesThatAreAwayForOtherReasons() {
    var cluster = aCluster().leaves("spot3", State.DIED);

    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot1")))
        .isEqualTo("2 nodes of zone spot would be away where 1 may be");
  }

  @Test
  void shouldCountFrozenNodesAsAway() {
    var cluster = aCluster();
    cluster.node("spot3").silent();

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isPresent();
  }

  @Test
  void neverLeavesAZoneWithoutANode_howeverManyMayBeAway() {
    var policy = aPolicy().maxUnavailable(9);

    assertThat(sentence(ask(guard, policy, aCluster(), "spot1", "spot2", "spot3")))
        .isEqualTo("no node of zone spot would be left");
  }

  @Test
  void shouldAcceptTheOnlyNodeOfAZone_onlyWhereThatIsNamed() {
    var cluster = aCluster().without("backup2");
    var policy = aPolicy().withoutHost("backup2");

    assertThat(sentence(ask(guard, policy, cluster, "backup1")))
        .isEqualTo("zone backup has one node only");
    policy.accept(Structural.SINGLE_NODE_ZONE, NOW.plusSeconds(1));
    assertThat(ask(guard, policy, cluster, "backup1")).isEmpty();
  }

  @Test
  void shouldGuardNodesWithoutAZoneTogether() {
    var cluster = aCluster().with(aNode("x1").withoutZone()).with(aNode("x2").withoutZone());
    cluster.with(aNode("x3").withoutZone()).leaves("x2", State.DIED).without("x2");
    var policy = aPolicy();

    assertThat(ask(guard, policy, cluster, "x1")).isEmpty();
    assertThat(sentence(ask(guard, policy, cluster, "x1", "x3")))
        .isEqualTo("2 nodes of zone (none) would be away where 1 may be");
  }
}
