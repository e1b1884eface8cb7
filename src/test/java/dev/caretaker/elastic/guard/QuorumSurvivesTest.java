package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.sentence;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.Engine.Flavour;
import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import dev.caretaker.testkit.ACluster;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuorumSurvivesTest {
  private final QuorumSurvives guard = new QuorumSurvives();

  private static ACluster onEs6(int quorumOfMost, int quorumOfSpot3) {
    var cluster = aCluster().engine(Flavour.ELASTICSEARCH, 6, "6.8.23");
    for (var name : List.of("backup1", "backup2", "spot1", "spot2")) {
      cluster.node(name).minimumMasterNodes(quorumOfMost);
    }
    cluster.node("spot3").minimumMasterNodes(quorumOfSpot3);
    return cluster;
  }

  @Test
  void shouldAcceptOneOfFiveVoters() {
    assertThat(ask(guard, aPolicy(), aCluster(), "spot1")).isEmpty();
  }

  @Test
  void neverAcceptsTwoMastersAtOnce() {
    assertThat(sentence(ask(guard, aPolicy(), aCluster(), "spot1", "spot2")))
        .isEqualTo("more than one master-eligible node would go at once");
  }

  @Test
  void shouldAcceptAnyNumberOfNodesWithoutTheMasterRole() {
    var cluster =
        aCluster()
            .with(aNode("spot1").withoutMasterRole())
            .with(aNode("spot2").withoutMasterRole());

    assertThat(ask(guard, aPolicy(), cluster, "spot1", "spot2")).isEmpty();
  }

  @Test
  void neverAcceptsTheLossOfTheMajority() {
    var cluster = aCluster().leaves("spot2", State.DIED).leaves("spot3", State.DIED);

    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot1")))
        .isEqualTo("2 of 5 voting nodes would be left that answer");
  }

  @Test
  void neverCountsTheVoteOfAFrozenNode() {
    var cluster = aCluster().leaves("spot2", State.DIED);
    cluster.node("spot3").silent();

    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot1")))
        .isEqualTo("2 of 5 voting nodes would be left that answer");
  }

  @Test
  void neverAcceptsWithoutAMaster() {
    assertThat(sentence(ask(guard, aPolicy(), aCluster().master("nobody"), "spot1")))
        .isEqualTo("no elected master has answered");
  }

  @Test
  void shouldAcceptOnEs6WhereEveryNodeAgreesWithTheQuorum() {
    assertThat(ask(guard, aPolicy(), onEs6(3, 3), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseOnEs6WhereNodesDisagree() {
    assertThat(sentence(ask(guard, aPolicy(), onEs6(3, 1), "spot1")))
        .isEqualTo(
            "discovery.zen.minimum_master_nodes is [1, 3] where 5 master-eligible nodes need 3");
  }

  @Test
  void shouldAcceptThatDisagreement_whileItIsNamed() {
    var policy = aPolicy().accept(Structural.QUORUM_MISMATCH, NOW.plusSeconds(1));

    assertThat(ask(guard, policy, onEs6(3, 1), "spot1")).isEmpty();
  }

  @Test
  void neverAcceptsFewerThanTheNodesThemselvesDemand() {
    var policy = aPolicy().accept(Structural.QUORUM_MISMATCH, NOW.plusSeconds(1));

    assertThat(sentence(ask(guard, policy, onEs6(5, 5), "spot1")))
        .isEqualTo("4 master-eligible nodes would be left where 5 vote");
  }

  @Test
  void neverCountsAFrozenNodeOnEs6() {
    var cluster = onEs6(3, 3);
    cluster.node("spot2").silent();
    cluster.node("spot3").silent();

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isPresent();
  }
}
