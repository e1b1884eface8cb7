package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.sentence;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.kernel.Observed;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import java.util.List;
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

  private static APolicy withFleet() {
    return aPolicy().fleet("spots", "spot");
  }

  @Test
  void shouldCountMachinesThatVanishedWithTheirHosts() {
    var cluster = aCluster().machine("spot1").machine("spot2").machine("spot3");
    cluster.leaves("spot2", State.DIED).node("spot2").host(Observed.unknown("no route to host"));
    cluster.leaves("spot3", State.DIED).node("spot3").host(Observed.unknown("no route to host"));

    assertThat(sentence(ask(guard, withFleet(), cluster, "spot1"))).startsWith("2 of 3 nodes");
  }

  @Test
  void neverCountsMachinesThatAreNewAndNotThereYet() {
    var cluster = aCluster().machine("spot1");
    for (var name : List.of("spot2", "spot3")) {
      cluster.launched(name, Script.NOW.minus(Duration.ofMinutes(14))).leaves(name, State.DIED);
      cluster.node(name).host(Observed.unknown("no route to host"));
    }

    assertThat(ask(guard, withFleet(), cluster, "spot1")).isEmpty();
    cluster.launched("spot2", Script.NOW.minus(Duration.ofMinutes(16)));
    cluster.launched("spot3", Script.NOW.minus(Duration.ofMinutes(16)));
    assertThat(ask(guard, withFleet(), cluster, "spot1")).isPresent();
  }

  /** A fleet asks for what is absent for long: that is no reason of ours why it went. */
  @Test
  void shouldCountMachinesThatDiedAndAreAskedFor() {
    var cluster = aCluster().machine("spot1").asksFor("spot2", "r2").asksFor("spot3", "r3");
    cluster.leaves("spot2", State.DIED).leaves("spot3", State.DIED);

    assertThat(ask(guard, withFleet(), cluster, "spot1")).isPresent();
    cluster.node("spot3").away(State.STOPPED);
    assertThat(ask(guard, withFleet(), cluster, "spot1")).isEmpty();
  }

  @Test
  void neverCountsMachinesThatEc2HasAnnouncedToTake() {
    var cluster = aCluster().machine("spot1");
    cluster.takes("spot2", Script.NOW).leaves("spot2", State.DIED);
    cluster.takes("spot3", Script.NOW).leaves("spot3", State.DIED);

    assertThat(ask(guard, withFleet(), cluster, "spot1")).isEmpty();
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
