package dev.caretaker.elastic.handshake;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.refusals;
import static dev.caretaker.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.EsProgress;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.IndexView;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.testkit.ANode;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What comes in the way of a machine that a fleet asks for. */
class HandshakeTroubleTest {
  private final APolicy policy = aPolicy().fleet("spots", "spot");
  private final Script script =
      script(policy, aCluster().machine("spot2").machine("spot3").asksFor("spot1", "r1"));

  private void empties() {
    for (int number : new int[] {0, 3}) {
      script.cluster.apply(
          new EsAction.MoveShard(
              new ShardId("logs", number), ANode.id("spot1"), ANode.id("spot3")));
    }
  }

  private List<String> released() {
    return script.progress().released().stream().map(Released::instanceId).toList();
  }

  @Test
  void neverTakesAPersonsExclusionForItsOwn() {
    script.cluster.persistent(Routing.EXCLUDE_NAME, "spot1");

    var decision = script.settles();

    assertThat(decision.actions()).isEmpty();
    assertThat(refusals(decision.verdict())).contains("SettingsAreOurs");
    script.cluster.machine("spot1");
    script.settles();
    assertThat(script.cluster.persistent()).containsOnlyKeys(Routing.EXCLUDE_NAME);
  }

  @Test
  void shouldAnswerForWhatIsNotNeededUnderTheBrake() {
    script.cluster.with(ANode.aNode("backup3"));
    for (var name : List.of("spot2", "spot3")) {
      script.cluster.machine(name).leaves(name, State.DIED);
    }
    script.cluster.leaves("spot1", State.DIED).recovers();

    var decision = script.settles();

    assertThat(released()).containsExactly("spot1");
    assertThat(decision.actions()).isEmpty();
  }

  /** Each node has a copy of it: as many nodes as there are would always be needed. */
  @Test
  void shouldLetAMachineGoThatOnlyAnIndexForAllNodesWouldMiss() {
    policy.withoutZones();
    script.cluster.shard("security", 0, "backup1", "backup2", "spot1", "spot2", "spot3");
    script.cluster.index("security", HandshakeTroubleTest::expanding);

    script.settles();

    assertThat(script.cluster.persistent()).containsEntry(Routing.EXCLUDE_NAME, "spot1");
  }

  private static IndexView expanding(IndexView index) {
    return new IndexView(
        index.name(),
        index.replicas(),
        true,
        true,
        Optional.empty(),
        Optional.empty(),
        Map.of(),
        Optional.empty());
  }

  @Test
  void shouldStartAgainWhatWasStoppedWhileAPrimaryIsMissing() {
    script.settles();
    empties();
    script.settles();
    script.cluster.leaves("spot1", State.STOPPED);
    script.cluster.copy("lost", 0, ShardCopy.State.UNASSIGNED, "", "", "NODE_LEFT");
    script.cluster.index("lost", index -> index);

    assertThat(script.settles().actions()).isEmpty();
    assertThat(released()).isEmpty();
    script.later(Duration.ofSeconds(91));
    assertThat(script.settles().actions())
        .containsExactly(new EsAction.StartNode(new NodeName("spot1")));
    assertThat(released()).isEmpty();
  }

  private void isToldAfterTenMinutes(String guard, String lift) {
    script.later(Duration.ofMinutes(10));
    assertThat(script.settles().verdict().kind()).isEqualTo(Verdict.Kind.WAITING);
    script.later(Duration.ofSeconds(1));

    var decision = script.settles();

    assertThat(refusals(decision.verdict())).containsExactly(guard);
    assertThat(Script.condition(decision, "Stalled").reason().sentence()).contains(lift);
    assertThat(decision.fleet().ifKnown().orElseThrow().releasing()).isEmpty();
    assertThat(decision.actions()).isEmpty();
  }

  @Test
  void shouldCallForHelpWhereTheHostOfAnEmptyMachineIsSilent() {
    script.settles();
    empties();
    script.cluster.node("spot1").host(Observed.unknown("host key is not known"));
    script.settles();

    isToldAfterTenMinutes("HostAnswers", "spec.hosts.access");
    policy.restartedAt(script.now()).select("spot2");
    script.settles();
    assertThat(script.set()).as("others wait no more").containsExactly("spot2");
  }

  @Test
  void shouldCallForHelpWhereTheHostOfAMissingMachineIsSilent() {
    script.cluster.leaves("spot1", State.DIED).recovers();
    script.cluster.node("spot1").host(Observed.unknown("connection refused"));
    script.settles();

    isToldAfterTenMinutes("HostAnswers", "terminate it yourself");
  }

  @Test
  void shouldCallForHelpWhereAMachineRunsAndNeverJoins() {
    script.cluster.leaves("spot1", State.RUNNING).recovers();
    script.settles();

    isToldAfterTenMinutes("HasToJoin", "stop its process");
  }

  @Test
  void shouldKeepAnswersForAHundredMachinesThatAListDoesNotShow() {
    var hundred =
        IntStream.range(0, 100).mapToObj(i -> new Released("r", "i-" + i, Instant.EPOCH)).toList();
    script.progress(EsProgress.NONE.withReleased(hundred));

    script.settles();

    assertThat(script.progress().released()).containsAll(hundred);
  }

  @Test
  void shouldForgetTheOldestAnswersBeforeANewOneFindsNoRoom() {
    var many =
        IntStream.range(0, 200).mapToObj(i -> new Released("r", "i-" + i, Instant.EPOCH)).toList();
    script.progress(EsProgress.NONE.withReleased(many));
    script.cluster.leaves("spot1", State.STOPPED).recovers();

    script.settles();

    assertThat(released()).hasSize(200).contains("spot1", "i-1").doesNotContain("i-0");
  }
}
