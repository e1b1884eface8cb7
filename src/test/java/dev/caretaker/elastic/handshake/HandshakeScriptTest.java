package dev.caretaker.elastic.handshake;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.puts;
import static dev.caretaker.testkit.Script.refusals;
import static dev.caretaker.testkit.Script.script;
import static dev.caretaker.testkit.Script.withoutPuts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.EsDecision;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess.State;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.testkit.ANode;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A fleet asks for spot1, which holds a copy of logs[0] and one of logs[3]. */
class HandshakeScriptTest {
  private static final String LEAVING = "cluster.metadata.caretaker.leaving";

  private final APolicy policy =
      aPolicy()
          .fleet("spots", "spot")
          .withoutHost("spot1")
          .withoutHost("spot2")
          .withoutHost("spot3");
  private final Script script =
      script(policy, aCluster().machine("spot2").machine("spot3").asksFor("spot1", "r1"));

  /** As the engine does under an exclusion. */
  private void empties() {
    for (int number : new int[] {0, 3}) {
      script.cluster.apply(
          new EsAction.MoveShard(
              new ShardId("logs", number), ANode.id("spot1"), ANode.id("spot3")));
    }
  }

  private EsDecision stops() {
    script.settles();
    empties();
    var decision = script.settles();
    script.cluster.leaves("spot1", State.STOPPED);
    return decision;
  }

  private List<String> released() {
    return script.progress().released().stream().map(Released::instanceId).toList();
  }

  private FleetAnswer answer(EsDecision decision) {
    assertThat(decision.fleet()).isInstanceOf(Observed.Known.class);
    return decision.fleet().ifKnown().orElseThrow();
  }

  @Test
  void shouldExcludeTheMachineByItsNameAndNothingElse() {
    var decision = script.decides();

    assertThat(decision.actions()).hasSize(1);
    assertThat(puts(decision).get(0).persistent())
        .containsEntry(Routing.EXCLUDE_NAME, Optional.of("spot1"))
        .containsEntry(LEAVING, Optional.empty());
  }

  @Test
  void shouldSayWhatIsLeftAndThatItMakesProgress() {
    var decision = script.settles();

    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.WAITING);
    assertThat(decision.verdict().reason().sentence())
        .isEqualTo("For a fleet: empties spot1; 2 copies (2.0 GiB) are left on nodes [spot1]");
    assertThat(answer(decision).releasing()).containsExactly("spot1");
    assertThat(answer(decision).atWork()).containsExactly("spot1", "spot2", "spot3");
  }

  @Test
  void shouldMarkTheMachineBeforeItIsStopped() {
    script.settles();
    empties();

    var marks = script.passes();
    assertThat(puts(marks).get(0).persistent())
        .containsEntry(LEAVING, Optional.of("id1-spot1/e1-spot1/spot1"));
    assertThat(withoutPuts(marks)).isEmpty();
    var incarnation = script.cluster.node("spot1").incarnationOfProcess();
    assertThat(script.passes().actions())
        .containsExactly(new EsAction.StopNode(new NodeName("spot1"), incarnation));
  }

  @Test
  void shouldAnswerWhenItIsGoneAndLiftTheExclusionWithTheMachine() {
    stops();

    var answers = script.passes();

    assertThat(script.progress().released())
        .containsExactly(new Released("r1", "spot1", script.now()));
    assertThat(puts(answers).get(0).persistent())
        .containsEntry(Routing.EXCLUDE_NAME, Optional.of("spot1"))
        .containsEntry(LEAVING, Optional.empty());
    assertThat(script.settles().verdict().kind()).isEqualTo(Verdict.Kind.SETTLED);
    script.cluster.withoutMachine("spot1");
    assertThat(script.settles().verdict().kind()).isEqualTo(Verdict.Kind.SETTLED);
    assertThat(script.cluster.persistent()).isEmpty();
  }

  @Test
  void neverLetsAReleasedMachineGetAnythingThatStartsItself() {
    stops();
    script.settles();
    script.cluster.node("spot1").back(script.now());

    var decision = script.settles();

    assertThat(script.cluster.persistent()).containsEntry(Routing.EXCLUDE_NAME, "spot1");
    assertThat(decision.actions()).isEmpty();
    assertThat(released()).containsExactly("spot1");
  }

  @Test
  void shouldExcludeAMachineThatNeverJoinedBeforeItIsAnsweredFor() {
    var never = script(policy, aCluster().asksFor("spot9", "r9").with(ANode.aNode("spot9")));
    never.cluster.leaves("spot9", State.DIED);

    var excludes = never.passes();

    assertThat(puts(excludes).get(0).persistent())
        .containsEntry(Routing.EXCLUDE_NAME, Optional.of("spot9"));
    assertThat(never.progress().released()).isEmpty();
    never.passes();
    assertThat(never.progress().released()).extracting(Released::instanceId).contains("spot9");
  }

  @Test
  void shouldKeepNothingOfAResourceThatIsDeleted() {
    stops();
    script.settles();
    policy.deleting();

    assertThat(script.settles().restored()).isTrue();
    assertThat(script.cluster.persistent()).isEmpty();
  }

  @Test
  void neverStartsAReleasedMachineAndKeepsTheAnswerWhileItIsListed() {
    stops();
    script.settles();
    script.cluster.machine("spot1");
    script.later(Duration.ofHours(2));

    var decision = script.settles();

    assertThat(decision.actions()).isEmpty();
    assertThat(released()).containsExactly("spot1");
    assertThat(decision.conditions()).noneMatch(each -> each.reason().code().equals("NodeDown"));
  }

  @Test
  void neverAnswersWhileTheProcessIsNotProvenStopped() {
    stops();
    script.cluster.node("spot1").host(Observed.unknown("timed out"));

    var decision = script.settles();

    assertThat(released()).isEmpty();
    assertThat(decision.verdict().kind()).isNotEqualTo(Verdict.Kind.SETTLED);
  }

  @Test
  void shouldStartAMachineThatIsWantedBackAndLiftItsExclusion() {
    stops();
    script.cluster.machine("spot1");

    var decision = script.passes();

    assertThat(puts(decision).get(0).persistent())
        .containsEntry(Routing.EXCLUDE_NAME, Optional.empty());
    assertThat(withoutPuts(decision))
        .containsExactly(new EsAction.StartNode(new NodeName("spot1")));
    assertThat(released()).isEmpty();
  }

  @Test
  void shouldTakeTheProofFromTheMarkWhenTheStatusIsLost() {
    stops();
    script.losesItsStatus();

    script.passes();

    assertThat(released()).containsExactly("spot1");
  }

  @Test
  void shouldStartAStoppedMachineOfWhichNobodyKnowsThatItWasEmpty() {
    script.settles();
    script.cluster.leaves("spot1", State.STOPPED);

    var decision = script.settles();

    assertThat(decision.actions()).containsExactly(new EsAction.StartNode(new NodeName("spot1")));
    assertThat(released()).isEmpty();
  }

  @Test
  void shouldAnswerForAMachineThatNeverJoinedWhereEveryCopyIsElsewhere() {
    script.settles();
    empties();
    script.cluster.unset(Routing.EXCLUDE_NAME);
    var never = script(policy, aCluster().asksFor("spot9", "r9").with(ANode.aNode("spot9")));
    never.cluster.leaves("spot9", State.STOPPED);

    never.settles();

    assertThat(never.progress().released()).extracting(Released::requestId).containsExactly("r9");
  }

  @Test
  void neverAnswersOnTheStrengthOfAClusterThatShowsNoShard() {
    script.cluster.leaves("spot1", State.STOPPED).withoutIndices();

    script.decides();

    assertThat(released()).isEmpty();
  }

  @Test
  void shouldWaitForAMachineThatRunsAndHasNotJoined() {
    script.cluster.leaves("spot1", State.RUNNING);
    script.cluster.recovers();

    var decision = script.settles();

    assertThat(released()).isEmpty();
    assertThat(decision.verdict().reason().sentence()).contains("it has to join");
  }

  @Test
  void neverBeginsWhilePausedAndBringsNobodyDown() {
    policy.paused();

    var decision = script.settles();

    assertThat(decision.actions()).isEmpty();
    assertThat(refusals(decision.verdict())).contains("NotPaused");
    assertThat(answer(decision).releasing()).isEmpty();
  }

  @Test
  void neverStopsAnEmptyMachineWhilePaused() {
    script.settles();
    empties();
    policy.paused();

    assertThat(script.settles().actions()).isEmpty();
    policy.resumed();
    assertThat(script.settles().actions()).hasOnlyElementsOfType(EsAction.StopNode.class);
  }

  @Test
  void neverTakesAsManyThatTheCopiesOfTheZoneLackAPlace() {
    script.cluster.asksFor("spot2", "r2");

    var first = script.settles();

    assertThat(script.cluster.persistent().get(Routing.EXCLUDE_NAME)).isEqualTo("spot1");
    assertThat(first.verdict().kind()).isEqualTo(Verdict.Kind.WAITING);
    assertThat(answer(first).releasing()).containsExactly("spot1");
    stops();
    var then = script.settles();
    assertThat(released()).containsExactly("spot1");
    assertThat(then.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(refusals(then.verdict())).contains("ZoneKeepsItsCopies");
    assertThat(answer(then).releasing()).isEmpty();
    assertThat(answer(then).leastMachines()).containsEntry("spots", 2);
  }

  /** A fleet finds all its machines absent after they died together, and asks for all of them. */
  @Test
  void shouldBringBackWhatDiedTogetherBeforeAnyOfItLeaves() {
    var dead = script(policy, aCluster());
    for (var name : List.of("spot1", "spot2", "spot3")) {
      dead.cluster.asksFor(name, "r-" + name).leaves(name, State.DIED);
    }

    assertThat(dead.settles().actions()).hasSize(3).allMatch(EsAction.StartNode.class::isInstance);
    assertThat(dead.cluster.persistent()).isEmpty();
    for (var name : List.of("spot1", "spot2", "spot3")) {
      dead.cluster.node(name).back(dead.now());
    }
    dead.settles();
    assertThat(dead.cluster.persistent()).containsEntry(Routing.EXCLUDE_NAME, "spot1");
    dead.cluster.recoversOn("spot3");
    assertThat(dead.runs(20)).containsExactly("spot1");
  }

  @Test
  void neverStopsAnEmptyMachineWhoseZoneHasBecomeTooPoor() {
    script.settles();
    empties();
    script.cluster.leaves("spot2", State.DIED).recovers().withoutMachine("spot2").without("spot2");

    var decision = script.settles();

    assertThat(decision.actions()).isEmpty();
    assertThat(refusals(decision.verdict())).contains("ZoneKeepsItsCopies");
    assertThat(answer(decision).releasing()).isEmpty();
  }

  @Test
  void shouldLetTheSetThatHasBegunFinishFirst() {
    policy.restartedAt(Script.NOW).select("spot2", "spot3");
    var busy = script(policy, aCluster().machine("spot1").machine("spot2").machine("spot3"));
    busy.reaches(Stage.STOPPING);
    busy.cluster.leaves("spot2", State.STOPPED).asksFor("spot1", "r1");
    busy.reaches(Stage.STARTING);

    assertThat(busy.cluster.persistent()).doesNotContainKey(Routing.EXCLUDE_NAME);
    busy.cluster.node("spot2").back(busy.now());
    busy.cluster.recovers();
    busy.settles();
    assertThat(busy.cluster.persistent()).containsEntry(Routing.EXCLUDE_NAME, "spot1");
    assertThat(busy.set()).as("the next set waits").isEmpty();
  }

  @Test
  void shouldRepeatItsAnswerForAnotherRequest() {
    stops();
    script.settles();
    script.cluster.asksFor("spot1", "r7");

    script.settles();

    assertThat(script.progress().released()).extracting(Released::requestId).containsExactly("r7");
  }
}
