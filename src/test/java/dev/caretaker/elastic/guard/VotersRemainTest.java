package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.sentence;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class VotersRemainTest {
  private final VotersRemain guard = new VotersRemain();

  @Test
  void shouldAcceptOneOfFive() {
    assertThat(ask(guard, aPolicy(), aCluster(), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseOneOfThree() {
    var cluster = aCluster().without("backup2").without("spot3");

    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot1")))
        .isEqualTo("2 master-eligible nodes would be left, of which none could be lost");
  }

  @Test
  void shouldCountOnlyThoseThatAnswer() {
    var cluster = aCluster().without("backup2");
    cluster.node("spot3").silent();

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isPresent();
  }

  @Test
  void shouldAcceptANodeThatDoesNotVote() {
    var cluster = aCluster().without("backup2").without("spot3");

    assertThat(ask(guard, aPolicy(), cluster.with(aNode("spot1").withoutMasterRole()), "spot1"))
        .isEmpty();
  }

  @Test
  void shouldAskForOneMoreThanTheMinimumOfEs6() {
    var cluster = aCluster().without("backup2");
    for (var name : new String[] {"backup1", "spot1", "spot2", "spot3"}) {
      cluster.node(name).minimumMasterNodes(3);
    }

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isPresent();
  }
}
