package dev.caretaker.elastic.handshake;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.aNode;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.guard.Guards;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.APolicy;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Two fleets in zone spot, which needs two nodes: its shards have one copy there each. */
class FleetSharesTest {
  private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
  private static final int NEEDED = 2;

  private final APolicy policy = aPolicy().fleet("a", "spot").fleet("b", "spot");
  private final ACluster cluster = aCluster();
  private Instant now = NOON;

  FleetSharesTest() {
    for (int i = 1; i <= 6; i++) {
      policy.withoutHost("spot" + i);
    }
  }

  /** Machines 1 to {@code ofA} are a's, the next b's. */
  private void machines(int ofA, int ofB) {
    for (int i = 1; i <= ofA + ofB; i++) {
      cluster.with(aNode("spot" + i));
      cluster.machineOf(i <= ofA ? "a" : "b", "spot" + i, Optional.empty());
    }
  }

  private SortedMap<String, Integer> least() {
    var view = cluster.view(now);
    var seen = view.cluster().ifKnown().orElseThrow();
    var facts = new MachineFacts(policy.build(), view, seen, Guards.standard(), now);
    return new FleetShares(facts).least();
  }

  private long atWork(String fleet) {
    return cluster.view(now).machines().stream()
        .filter(each -> each.fleet().equals(Optional.of(fleet)))
        .filter(each -> each.releaseRequest().isEmpty())
        .count();
  }

  /** A fleet asks for whatever it does not have to keep. */
  private void givesBack(String fleet, SortedMap<String, Integer> least) {
    long more = atWork(fleet) - least.getOrDefault(fleet, 0);
    cluster.view(now).machines().stream()
        .filter(each -> each.fleet().equals(Optional.of(fleet)))
        .filter(each -> each.releaseRequest().isEmpty())
        .limit(Math.max(0, more))
        .forEach(each -> cluster.machineOf(fleet, each.node().value(), Optional.of("r")));
  }

  @Test
  void shouldKeepTogetherWhatTheZoneNeeds() {
    machines(3, 3);

    assertThat(least().values().stream().mapToInt(each -> each).sum()).isEqualTo(NEEDED);
  }

  @Test
  void neverGivesBackTooManyThoughBothDoAtOnce() {
    machines(3, 3);

    for (int i = 0; i < 10; i++) {
      var said = least();
      givesBack("a", said);
      givesBack("b", said);
      now = now.plusSeconds(60);
    }

    assertThat(atWork("a") + atWork("b")).isEqualTo(NEEDED);
  }

  /** The other has enough for both: the odd machine is its turn for two minutes only. */
  @Test
  void shouldLetOneFleetGoAltogetherWhereTheOtherStays() {
    machines(3, 3);
    for (int i = 0; i < 20; i++) {
      givesBack("a", least());
      now = now.plusSeconds(60);
    }
    assertThat(atWork("a")).isZero();
    assertThat(atWork("b")).isEqualTo(3);
    assertThat(least()).isEqualTo(new TreeMap<>(Map.of("a", 0, "b", NEEDED)));
  }

  @Test
  void shouldTellEachToKeepAllAndWhatIsMissingBesides() {
    machines(1, 1);
    cluster.without("spot3").without("spot2");

    assertThat(least()).isEqualTo(new TreeMap<>(Map.of("a", 2, "b", 1)));
  }

  @Test
  void neverCountsWhatIsAskedForOrAboutToBeTaken() {
    machines(2, 2);
    cluster.machineOf("b", "spot3", Optional.of("r"));
    cluster.takes("spot4", now.plusSeconds(100));

    assertThat(least()).isEqualTo(new TreeMap<>(Map.of("a", 2, "b", 0)));
  }

  @Test
  void shouldAskAsManyOfALoneFleetAsTheZoneNeeds() {
    policy.withoutFleet("b");
    machines(5, 0);

    assertThat(least()).isEqualTo(new TreeMap<>(Map.of("a", NEEDED)));
  }
}
