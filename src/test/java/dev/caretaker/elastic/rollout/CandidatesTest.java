package dev.caretaker.elastic.rollout;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static dev.caretaker.testkit.Script.condition;
import static dev.caretaker.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who is bounced while somebody else cannot be. */
class CandidatesTest {
  /** spot1 alone holds an index without replicas, which nobody has accepted and which is bound. */
  private final Script script =
      script(aPolicy().restartedAt(NOW).select("spot1", "spot2"), bind(aCluster(), "one", "spot1"));

  private static ACluster bind(ACluster cluster, String index, String node) {
    return cluster
        .shard(index, 0, node)
        .index(
            index,
            old ->
                new IndexView(
                    index,
                    0,
                    false,
                    true,
                    Optional.empty(),
                    Optional.empty(),
                    Map.of("require._name", node),
                    Optional.empty()));
  }

  @Test
  void shouldBounceTheOthersWhileTheFirstCannotBeStopped_andThenSayWhy() {
    assertThat(script.runs(30)).containsExactly("spot2");

    var decision = script.settles();
    assertThat(script.set()).containsExactly("spot1");
    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(condition(decision, "Stalled").reason().sentence())
        .contains("No safe place while spot1 would be away, for one[0]", "ZeroReplicas");
    assertThat(script.progress().bounced()).containsOnlyKeys(new NodeName("spot2"));
  }

  @Test
  void shouldLetAnotherGoFirst_whenASetTurnsOutToBeBlocked() {
    var other = script(aPolicy().restartedAt(NOW).select("spot1", "spot2"), aCluster());
    other.cluster.shard("hot", 0, "spot1", "spot3");
    other.reaches(Stage.SHELTERING);
    assertThat(other.set()).containsExactly("spot1");
    bind(other.cluster, "one", "spot1");
    other.settles();
    assertThat(other.set()).containsExactly("spot1");

    other.later(Duration.ofMinutes(2)).settles();

    assertThat(other.set()).containsExactly("spot2");
  }

  @Test
  void shouldSayWhoWaitsForTheOthers() {
    script.cluster.shard("hot", 0, "spot2", "spot3");

    var decision = script.reaches(Stage.SHELTERING);

    assertThat(script.set()).containsExactly("spot2");
    assertThat(decision.verdict().reason().sentence())
        .contains("spot1 waits for the others: ")
        .contains("one[0]");
  }

  @Test
  void neverChangesItsMindWhereNobodyCanGo() {
    bind(script.cluster, "two", "spot2");
    var sets = new ArrayList<List<String>>();
    for (int minute = 0; minute < 20; minute++) {
      script.settles();
      sets.add(script.set());
      script.later(Duration.ofMinutes(1));
    }

    assertThat(sets).containsOnly(List.of("spot1"));
  }
}
