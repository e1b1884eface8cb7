package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.sentence;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.HostProcess.State;
import org.junit.jupiter.api.Test;

class ZoneIsNotFailingTest {
  private final ZoneIsNotFailing guard = new ZoneIsNotFailing();

  @Test
  void shouldAcceptOneOfThreeGone() {
    assertThat(ask(guard, aPolicy(), aCluster().leaves("spot3", State.DIED), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseTwoOfThreeGone() {
    var cluster = aCluster().leaves("spot3", State.DIED);
    cluster.node("spot2").silent();

    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot1")))
        .isEqualTo("2 of 3 nodes of zone spot are gone or silent");
  }

  @Test
  void neverCountsTheNodesThatWeStopped() {
    var cluster = aCluster().leaves("spot2", State.STOPPED).leaves("spot3", State.STOPPED);

    assertThat(ask(guard, aPolicy(), cluster, "spot2", "spot3")).isEmpty();
  }

  @Test
  void shouldAcceptASmallZone() {
    assertThat(ask(guard, aPolicy(), aCluster().leaves("backup2", State.DIED), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseMoreThanTenHoweverLargeTheZone() {
    var cluster = aCluster();
    for (int number = 4; number <= 40; number++) {
      cluster.with(aNode("spot" + number));
    }
    for (int number = 30; number <= 39; number++) {
      cluster.node("spot" + number).silent();
    }

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isEmpty();
    cluster.node("spot40").silent();
    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot1")))
        .isEqualTo("11 of 40 nodes of zone spot are gone or silent");
  }
}
