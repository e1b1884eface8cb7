package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.members;
import static dev.caretaker.elastic.guard.Asking.subjects;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.APolicy;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class SettingsAreInForceTest {
  private final SettingsAreInForce guard = new SettingsAreInForce();

  private static ACluster frozenBy(String owner, String... set) {
    var cluster =
        aCluster()
            .persistent(Routing.ENABLE, "new_primaries")
            .persistent(Routing.REBALANCE, "none");
    var mark =
        new Mark(
            owner,
            1,
            "Rollout",
            "Freezing",
            members(cluster, set),
            new TreeMap<>(),
            new TreeMap<>(),
            "");
    mark.settings().forEach((key, value) -> value.ifPresent(text -> cluster.persistent(key, text)));
    return cluster;
  }

  @Test
  void shouldAcceptAFreezeOfThisSetByUs() {
    assertThat(ask(guard, aPolicy(), frozenBy(APolicy.OWNER, "spot1"), "spot1")).isEmpty();
  }

  @Test
  void shouldAcceptAStricterFreeze() {
    var cluster = frozenBy(APolicy.OWNER, "spot1").persistent(Routing.ENABLE, "none");

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseWhereATransientValueOutranksTheFreeze() {
    var cluster =
        frozenBy(APolicy.OWNER, "spot1")
            .transients(Routing.ENABLE, "all")
            .transients(Routing.REBALANCE, "");

    assertThat(subjects(ask(guard, aPolicy(), cluster, "spot1")))
        .containsExactly(
            "cluster.routing.allocation.enable is all",
            "cluster.routing.rebalance.enable is not none");
  }

  @Test
  void shouldRefuseWithoutAMark() {
    assertThat(subjects(ask(guard, aPolicy(), aCluster(), "spot1")))
        .containsExactly(
            "cluster.routing.allocation.enable is all",
            "cluster.routing.rebalance.enable is not none",
            "there is no mark");
  }

  @Test
  void shouldRefuseTheMarkOfAnother() {
    assertThat(subjects(ask(guard, aPolicy(), frozenBy("other/one/uid", "spot1"), "spot1")))
        .containsExactly("the mark names other/one/uid");
  }

  @Test
  void shouldRefuseAMarkForAnotherSet() {
    assertThat(subjects(ask(guard, aPolicy(), frozenBy(APolicy.OWNER, "spot2"), "spot1")))
        .containsExactly("the mark names other nodes");
  }
}
