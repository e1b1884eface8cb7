package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.subjects;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.IndexView;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class IndicesFollowTheClusterTest {
  private final IndicesFollowTheCluster guard = new IndicesFollowTheCluster();

  private static IndexView index(Optional<String> allocation, Optional<String> rebalance) {
    return new IndexView("logs", 1, false, true, allocation, rebalance, Map.of(), Optional.empty());
  }

  @Test
  void shouldAcceptWhereNoIndexHasItsOwnSetting() {
    assertThat(ask(guard, aPolicy(), aCluster(), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseAnIndexThatWouldNotFreeze() {
    var cluster = aCluster().index("logs", old -> index(Optional.of("all"), Optional.empty()));

    assertThat(subjects(ask(guard, aPolicy(), cluster, "spot1"))).containsExactly("logs");
  }

  @Test
  void shouldRefuseAnIndexThatWouldRebalance() {
    var cluster = aCluster().index("logs", old -> index(Optional.empty(), Optional.of("all")));

    assertThat(subjects(ask(guard, aPolicy(), cluster, "spot1"))).containsExactly("logs");
  }
}
