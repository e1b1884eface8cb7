package dev.caretaker.elastic.guard;

import static dev.caretaker.elastic.guard.Asking.ask;
import static dev.caretaker.elastic.guard.Asking.sentence;
import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.testkit.ACluster;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisksHaveRoomTest {
  private final DisksHaveRoom guard = new DisksHaveRoom();

  /** The high watermark keeps 10 of 100 GiB free; spot1 holds two shards of 1 GiB. */
  private static ACluster withFreeGib(long each) {
    var cluster = aCluster();
    for (var name : List.of("backup1", "backup2", "spot2", "spot3")) {
      cluster.node(name).freeGib(each);
    }
    return cluster;
  }

  @Test
  void shouldAcceptWhereTheOthersHaveRoom() {
    assertThat(ask(guard, aPolicy(), withFreeGib(11), "spot1")).isEmpty();
  }

  @Test
  void shouldRefuseWhereTheOthersWouldRiseAboveTheHighWatermark() {
    assertThat(sentence(ask(guard, aPolicy(), withFreeGib(10), "spot1")))
        .isEqualTo("the others have room for 0 B under the high watermark; the set holds 2.0 GiB");
  }

  @Test
  void neverCountsAFrozenNodesDisk() {
    var cluster = withFreeGib(10);
    cluster.node("spot3").freeGib(90).silent();

    assertThat(ask(guard, aPolicy(), cluster, "spot1")).isPresent();
  }

  @Test
  void neverTakesUnknownSizesForNothing() {
    assertThat(sentence(ask(guard, aPolicy(), aCluster().withoutSizes(), "spot1")))
        .isEqualTo("no shard sizes could be read, so that nobody knows what the others must hold");
  }

  @Test
  void shouldAcceptANodeWithoutShards() {
    assertThat(ask(guard, aPolicy(), aCluster().withoutIndices(), "spot1")).isEmpty();
  }
}
