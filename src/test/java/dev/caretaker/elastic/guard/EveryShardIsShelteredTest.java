package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.sentence;
import static dev.caretaker.elastic.guard.Asking.subjects;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardCopy.State;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.policy.RolloutPolicy.Shelter;
import dev.caretaker.elastic.policy.RolloutPolicy.Structural;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EveryShardIsShelteredTest {
  private final EveryShardIsSheltered guard = new EveryShardIsSheltered();

  private static ShardCopy stale(ShardCopy copy) {
    return new ShardCopy(
        copy.shard(),
        copy.primary(),
        copy.state(),
        copy.node(),
        copy.relocatingTo(),
        false,
        Optional.empty());
  }

  @Test
  void shouldAcceptWhereAReliableNodeHasEverything() {
    assertThat(ask(guard, aPolicy(), aCluster(), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseAShardWithCopiesInRiskyZonesOnly() {
    var cluster = aCluster().shard("hot", 0, "spot1", "spot2");

    assertThat(subjects(ask(guard, aPolicy(), cluster, "spot1"))).containsExactly("hot[0]");
  }

  @Test
  void shouldAcceptAnyOtherNodeWhereShelterIsPreferred() {
    var cluster = aCluster().shard("hot", 0, "spot1", "spot2");

    assertThat(ask(guard, aPolicy().shelter(Shelter.PREFERRED), cluster, "spot1")).isEmpty();
  }

  @Test
  void neverAcceptsTheOnlyCopy_howeverItIsSheltered() {
    var cluster = aCluster().shard("lone", 0, "spot1", "spot2");
    cluster.leaves("spot2", dev.caretaker.elastic.model.HostProcess.State.DIED);

    assertThat(subjects(ask(guard, aPolicy().shelter(Shelter.PREFERRED), cluster, "spot1")))
        .containsExactly("lone[0]");
  }

  @Test
  void neverCountsACopyThatIsBehind() {
    var cluster =
        aCluster().change(new ShardId("logs", 0), "backup1", EveryShardIsShelteredTest::stale);

    assertThat(subjects(ask(guard, aPolicy(), cluster, "spot1"))).containsExactly("logs[0]");
  }

  @Test
  void neverCountsACopyOnAFrozenNode() {
    var cluster = aCluster();
    cluster.node("backup1").silent();

    assertThat(subjects(ask(guard, aPolicy(), cluster, "spot1"))).contains("logs[0]");
  }

  @Test
  void neverCountsACopyThatIsLeavingForTheSet() {
    var cluster =
        aCluster()
            .shard("hot", 0, "spot1", "spot3")
            .copy("hot", 0, State.RELOCATING, "backup1", "spot2", "");

    assertThat(subjects(ask(guard, aPolicy(), cluster, "spot1", "spot2")))
        .containsExactly("hot[0]");
  }

  @Test
  void shouldRefuseAnIndexWithoutReplicasByName() {
    var cluster = aCluster().shard("scratch", 0, "spot1");

    assertThat(sentence(ask(guard, aPolicy(), cluster, "spot1")))
        .isEqualTo("indices without replicas would be unavailable while [spot1] is away");
  }

  @Test
  void shouldAcceptAnIndexWithoutReplicas_whileThatIsAccepted() {
    var cluster = aCluster().shard("scratch", 0, "spot1");
    var policy = aPolicy().accept(Structural.ZERO_REPLICAS, NOW.plusSeconds(1), "scratch*");

    assertThat(ask(guard, policy, cluster, "spot1")).isEmpty();
  }

  @Test
  void neverAcceptsItAfterTheDateThatWasNamed() {
    var cluster = aCluster().shard("scratch", 0, "spot1");
    var policy = aPolicy().accept(Structural.ZERO_REPLICAS, NOW, "scratch*");

    assertThat(ask(guard, policy, cluster, "spot1")).isPresent();
  }

  @Test
  void neverAcceptsAnotherIndexThanTheNamedOne() {
    var cluster = aCluster().shard("orders", 0, "spot1");
    var policy = aPolicy().accept(Structural.ZERO_REPLICAS, NOW.plusSeconds(1), "scratch*");

    assertThat(subjects(ask(guard, policy, cluster, "spot1"))).containsExactly("orders[0]");
  }

  @Test
  void shouldShelterALoneReliableNodeInTheRiskyZone_onlyWhereThatIsAccepted() {
    var cluster = aCluster().without("backup2").withoutIndices();
    cluster.shard("logs", 0, "backup1", "spot1");
    var accepting = aPolicy().accept(Structural.SINGLE_NODE_ZONE, NOW.plusSeconds(1));

    assertThat(ask(guard, aPolicy(), cluster, "backup1")).isPresent();
    assertThat(ask(guard, accepting, cluster, "backup1")).isEmpty();
  }
}
