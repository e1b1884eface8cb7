package dev.caretaker.elastic;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static dev.caretaker.testkit.Script.condition;
import static dev.caretaker.testkit.Script.script;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.Engine.Flavour;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.kernel.Condition.Truth;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.APolicy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A wish that cannot be right: nothing disruptive follows, and a condition says what to do. */
class BadInputTest {
  private static final int PASSES = 20;

  private static APolicy wish() {
    return aPolicy().restartedAt(NOW);
  }

  /** What is wrong, with the reason that is given and a word of what is advised. */
  static Stream<Arguments> wrong() {
    return Stream.of(
        Arguments.of(
            "ZonesAreKnown", "node.attr.rack", wish().zoneAttribute("rack"), withoutZones()),
        Arguments.of(
            "SelectedNodesAreListed", "spec.hosts.list", wish().select("spot9"), aCluster()),
        Arguments.of(
            "EngineMayAllocate",
            "spec.allocation.enable",
            wish().enable(Allocation.PRIMARIES),
            aCluster()),
        Arguments.of(
            "EngineIsSupported",
            "5.6.16",
            wish(),
            aCluster().engine(Flavour.ELASTICSEARCH, 5, "5.6.16")),
        Arguments.of(
            "ExclusionsLeaveAPlace", "exclu", wish().excludeZones("backup", "spot"), aCluster()),
        Arguments.of(
            "SettingsAreOurs", "TakeOver", wish(), aCluster().transients(Routing.ENABLE, "none")));
  }

  private static ACluster withoutZones() {
    var cluster = aCluster();
    for (var name : List.of("backup1", "backup2", "spot1", "spot2", "spot3")) {
      cluster.node(name).withoutZone();
    }
    return cluster;
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("wrong")
  void shouldSayWhatToDoAndDisturbNothing(
      String reason, String advice, APolicy policy, ACluster cluster) {
    var script = script(policy, cluster);

    for (int pass = 0; pass < PASSES; pass++) {
      assertThat(script.passes().actions()).noneMatch(EsAction::disruptive);
    }

    var stalled = condition(script.decides(), "Stalled");
    assertThat(script.decides().verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(stalled.truth()).isEqualTo(Truth.TRUE);
    assertThat(stalled.reason().code()).isEqualTo(reason);
    assertThat(stalled.reason().sentence()).contains(advice);
  }

  @Test
  void shouldBounceWhatIsListedAndNameWhatIsNot() {
    var script = script(wish().withoutHost("spot3"), aCluster());

    assertThat(script.runs(60)).containsExactlyInAnyOrder("backup1", "backup2", "spot1", "spot2");
    assertThat(script.decides().verdict().kind()).isEqualTo(Verdict.Kind.BLOCKED);
    assertThat(condition(script.decides(), "Stalled").reason().code()).isEqualTo("HostsAreListed");
    assertThat(condition(script.decides(), "Stalled").reason().sentence()).contains("spot3");
  }
}
