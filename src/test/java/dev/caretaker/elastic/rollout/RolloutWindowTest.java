package dev.caretaker.elastic.rollout;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static dev.caretaker.testkit.Script.refusals;
import static dev.caretaker.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.HostProcess;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.policy.Window;
import dev.caretaker.kernel.Condition;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** What a rollout does at the edges of its windows; the scripts begin at 03:00 UTC. */
class RolloutWindowTest {
  private static final Window OPEN = new Window("0 2 * * *", Duration.ofHours(2), "UTC");
  private static final Window CLOSED = new Window("0 5 * * *", Duration.ofHours(1), "UTC");
  private static final Window NEVER = new Window("0 2 * * *", Duration.ofHours(2), "Mars/Base");

  private static Script asked(Window... windows) {
    return script(aPolicy().restartedAt(NOW.minusSeconds(60)).windows(windows), aCluster())
        .carriesOutCommands();
  }

  @Test
  void shouldBeginWhereOneOfTheWindowsIsOpen() {
    var script = asked(CLOSED, OPEN);

    script.reaches(Stage.SHELTERING);

    assertThat(script.decides().summary().window()).isEqualTo("open until 2026-11-21T04:00:00Z");
  }

  @Test
  void shouldWaitForTheNextWindowAndCallNobody() {
    var decision = asked(CLOSED).decides();

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.WAITING);
    assertThat(decision.verdict().reason().code()).isEqualTo("OutsideWindow");
    assertThat(decision.verdict().reason().sentence()).contains("2026-11-21T05:00:00Z");
    assertThat(decision.summary().window()).isEqualTo("opens at 2026-11-21T05:00:00Z");
    assertThat(Script.condition(decision, "Stalled").truth()).isEqualTo(Condition.Truth.FALSE);
  }

  @Test
  void shouldFailClosedAndCallSomebodyWhereNoWindowWillEverOpen() {
    var decision = asked(NEVER).decides();

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(refusals(decision.verdict())).containsExactly("WithinWindow");
    assertThat(decision.verdict().refusals().get(0).liftedBy()).contains("Mars/Base");
    assertThat(decision.summary().window()).isEqualTo("never opens");
  }

  @Test
  void shouldRestWithoutAHoldWhereTheWindowClosesBeforeAStop() {
    var script = asked(OPEN);
    script.marks(Stage.SHELTERING);

    script.later(Duration.ofHours(1));
    var rest = script.settles();

    assertThat(script.stage()).isEmpty();
    assertThat(rest.verdict().reason().code()).isEqualTo("OutsideWindow");
    assertThat(script.cluster.mark()).isEmpty();
    assertThat(script.cluster.persistent()).doesNotContainKey(Routing.ENABLE);
  }

  @Test
  void shouldStartWhatItHasStoppedAndOnlyThenRest() {
    var script = asked(OPEN);
    script.reaches(Stage.STOPPING);
    var node = script.set().get(0);
    script.cluster.leaves(node, HostProcess.State.STOPPED);

    script.later(Duration.ofHours(1));
    script.marks(Stage.STARTING);

    assertThat(script.decides().actions()).contains(new EsAction.StartNode(new NodeName(node)));
    script.cluster.node(node).back(script.now());
    script.cluster.recovers();
    script.passes();
    script.cluster.recovers();
    assertThat(script.settles().verdict().reason().code()).isEqualTo("OutsideWindow");
    assertThat(script.stage()).isEmpty();
  }

  @Test
  void shouldGoOnInTheNextWindowWhereItWas() {
    var script = asked(OPEN);
    var first = script.runs(12);
    assertThat(first).hasSizeBetween(1, 4);

    script.later(Duration.ofHours(1)).runs(20);
    assertThat(script.runs(20)).isEmpty();
    script.later(Duration.ofHours(22));
    var second = script.runs(200);

    assertThat(first).doesNotContainAnyElementsOf(second);
    assertThat(first.size() + second.size()).isEqualTo(5);
  }

  @Test
  void shouldBeginNoDrainOutsideAndLetOneThatHasBegunGoOn() {
    var script = script(aPolicy().excludeNodes("spot1").windows(CLOSED), aCluster());
    assertThat(Script.puts(script.decides())).isEmpty();

    script.policy.windows(OPEN);
    script.settles();
    assertThat(script.cluster.persistent()).containsKey(Routing.EXCLUDE_NAME);

    script.later(Duration.ofHours(2));
    script.settles();
    assertThat(script.cluster.persistent()).containsKey(Routing.EXCLUDE_NAME);
  }
}
