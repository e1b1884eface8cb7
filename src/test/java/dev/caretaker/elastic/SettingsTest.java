package dev.caretaker.elastic;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static dev.caretaker.testkit.Script.NOW;
import static dev.caretaker.testkit.Script.condition;
import static dev.caretaker.testkit.Script.puts;
import static dev.caretaker.testkit.Script.refusals;
import static dev.caretaker.testkit.Script.script;
import static dev.caretaker.testkit.Script.withoutPuts;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.model.Allocation;
import dev.caretaker.elastic.model.Engine.Flavour;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.rollout.Stage;
import dev.caretaker.kernel.Condition.Truth;
import dev.caretaker.kernel.Verdict;
import dev.caretaker.testkit.APolicy;
import dev.caretaker.testkit.Script;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Who writes what into the cluster settings, and when. */
class SettingsTest {
  private static final String OWNER = "cluster.metadata.caretaker.owner";

  private static Script bounced(APolicy policy) {
    return script(policy.restartedAt(NOW).select("spot1"), aCluster());
  }

  @Test
  void neverWritesWhereNothingIsAsked() {
    var script = script(aPolicy(), aCluster());

    var decision = script.decides();

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict())
        .isEqualTo(
            Verdict.settled(
                new dev.caretaker.kernel.Reason("Settled", "Nothing to do"),
                Duration.ofSeconds(30)));
    assertThat(decision.restored()).isTrue();
  }

  @Test
  void neverWritesAnEmptyText_forItMasksOtherScopes() {
    var script = bounced(aPolicy());
    for (int pass = 0; pass < 12; pass++) {
      for (var put : puts(script.passes())) {
        assertThat(put.persistent().values()).doesNotContain(Optional.of(""));
        assertThat(put.transientScope()).isEmpty();
      }
    }
  }

  @Test
  void shouldNumberEveryWrite_andKeepTheNumberUntilItIsSeen() {
    var script = bounced(aPolicy());
    var first = puts(script.decides());

    assertThat(puts(script.passes())).isEqualTo(first);
    assertThat(nonce(first.get(0))).startsWith("1-");
    assertThat(nonce(puts(script.passes()).get(0))).startsWith("2-");
  }

  private static String nonce(EsAction.PutSettings put) {
    return put.persistent()
        .getOrDefault("cluster.metadata.caretaker.nonce", Optional.empty())
        .orElse("none");
  }

  @Test
  void shouldWriteAgainWhenAnEarlierWriteIsAppliedLate() {
    var script = bounced(aPolicy());
    var first = puts(script.passes()).get(0);
    script.marks(Stage.STOPPING);
    script.cluster.apply(first);

    var decision = script.decides();

    assertThat(withoutPuts(decision)).isEmpty();
    assertThat(nonce(puts(decision).get(0))).startsWith("3-");
  }

  @Test
  void shouldRemoveWhatALateWriteBroughtBackAfterTheEnd() {
    var script = bounced(aPolicy());
    var late = puts(script.passes()).get(0);
    script.policy.reverted();
    script.settles();
    assertThat(script.cluster.persistent()).isEmpty();
    script.cluster.apply(late);

    script.settles();

    assertThat(script.cluster.persistent()).isEmpty();
  }

  @Test
  void shouldWaitAfterAWriteOfUnknownOutcome() {
    var script = bounced(aPolicy());
    var put = puts(script.decides()).get(0);
    script.refused.add(new RefusedAction(put, "timed out", true, script.now()));

    var decision = script.decides();

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict().reason().code()).isEqualTo("SettingsNotWritten");
    assertThat(puts(script.later(Duration.ofSeconds(6)).decides())).hasSize(1);
  }

  @Test
  void shouldReportAForeignValueAndWriteNothing() {
    var script = script(aPolicy().restartedAt(NOW), aCluster());
    script.cluster.persistent(Routing.ENABLE, "none");

    var decision = script.settles();

    assertThat(script.cluster.persistent()).isEqualTo(Map.of(Routing.ENABLE, "none"));
    assertThat(refusals(decision.verdict())).containsExactly("SettingsAreOurs");
    assertThat(condition(decision, "SettingsInSync").reason().sentence())
        .isEqualTo(
            "Somebody else wrote [persistent cluster.routing.allocation.enable = \"none\"]; remove"
                + " it (PUT null), or set spec.allocation.conflicts to TakeOver");
  }

  @Test
  void shouldTakeOverWhereThatWasAsked_byNull() {
    var script = script(aPolicy().takeOver().excludeNodes("spot1"), aCluster());
    script.cluster.persistent(Routing.EXCLUDE_NAME, "spot2").transients(Routing.ENABLE, "none");

    var put = puts(script.passes()).get(0);
    script.settles();

    assertThat(put.transientScope()).isEqualTo(Map.of(Routing.ENABLE, Optional.empty()));
    assertThat(script.cluster.transients()).isEmpty();
    assertThat(script.cluster.persistent()).containsEntry(Routing.EXCLUDE_NAME, "spot1");
  }

  @Test
  void neverTakesOverWhilePaused() {
    var script = script(aPolicy().takeOver().paused(), aCluster());
    script.cluster.transients(Routing.ENABLE, "none");

    script.settles();

    assertThat(script.cluster.transients()).isEqualTo(Map.of(Routing.ENABLE, "none"));
  }

  @Test
  void neverTouchesAnotherKeyThanItsOwn() {
    var script = bounced(aPolicy().takeOver());
    script.cluster.persistent("indices.recovery.max_bytes_per_sec", "100mb");
    script.cluster.transients("cluster.routing.allocation.awareness.attributes", "zone");

    script.runs(30);

    assertThat(script.cluster.persistent())
        .isEqualTo(Map.of("indices.recovery.max_bytes_per_sec", "100mb"));
    assertThat(script.cluster.transients()).hasSize(1);
  }

  @Test
  void shouldDropWhatStoodUnderAnEarlierZoneAttribute() {
    var script = script(aPolicy().excludeZones("spot"), aCluster());
    script.settles();
    script.policy.zoneAttribute("rack");

    script.settles();

    assertThat(script.cluster.persistent())
        .doesNotContainKey(Routing.EXCLUDE + "zone")
        .containsEntry(Routing.EXCLUDE + "rack", "spot");
  }

  @Test
  void shouldWriteADeclaredBaselineWithAMark() {
    var script = script(aPolicy().enable(Allocation.PRIMARIES), aCluster());

    script.settles();

    assertThat(script.cluster.persistent())
        .containsEntry(Routing.ENABLE, "primaries")
        .containsEntry(OWNER, APolicy.OWNER);
  }

  @Test
  void shouldRefuseARolloutUnderABaselineThatRebuildsNothing() {
    var script = bounced(aPolicy().enable(Allocation.PRIMARIES));

    assertThat(refusals(script.settles().verdict())).containsExactly("EngineMayAllocate");
  }

  @Test
  void shouldLeaveAReleasedClusterAlone_whateverTheBaseline() {
    var policy = aPolicy().enable(Allocation.PRIMARIES).restartedAt(NOW);
    var script = script(policy, aCluster());
    script.cluster.persistent(Mark.RELEASED, policy.build().request());

    assertThat(script.runs(5)).isEmpty();
    assertThat(script.cluster.persistent()).containsOnlyKeys(Mark.RELEASED);
  }

  @Test
  void shouldBeginAgainWhenSomethingElseIsAskedAfterARelease() {
    var script = bounced(aPolicy());
    script.cluster.persistent(Mark.RELEASED, script.policy.build().request());
    script.settles();
    script.policy.restartedAt(NOW.minusSeconds(1));

    assertThat(script.runs(20)).containsExactly("spot1");
    assertThat(script.cluster.persistent()).isEmpty();
  }

  @Test
  void shouldRefuseTheMarkOfAnother_withTheWordToAdoptIt() {
    var script = bounced(aPolicy());
    script.cluster.persistent(OWNER, "other/one/uid");

    var decision = script.decides();

    assertThat(decision.actions()).isEmpty();
    assertThat(decision.verdict().reason().sentence())
        .isEqualTo(
            "the cluster is marked by other/one/uid; delete that resource, run caretaker release,"
                + " or take over with spec.connection.adopt: \"other/one/uid\"");
    assertThat(condition(decision, "SettingsInSync").truth()).isEqualTo(Truth.FALSE);
  }

  @Test
  void shouldFinishWhatAnAdoptedOwnerBegan_whateverItsNumber() {
    var earlier = bounced(aPolicy().owner("data/old/uid-0"));
    earlier.marks(Stage.STOPPING);
    var script = script(aPolicy().adopt("data/old/uid-0"), earlier.cluster);
    script.progress(EsProgress.NONE.withSequence(99));

    script.passes();

    assertThat(script.set()).containsExactly("spot1");
    assertThat(script.cluster.persistent()).containsEntry(OWNER, APolicy.OWNER);
    script.runs(20);
    assertThat(script.cluster.persistent()).isEmpty();
  }

  @Test
  void shouldRefuseASecondResourceForTheSameCluster() {
    var script = bounced(aPolicy());
    script.cluster.otherOwners("data/older");

    var decision = script.decides();

    assertThat(decision.actions()).isEmpty();
    assertThat(refusals(decision.verdict())).containsExactly("OneResourceACluster");
  }

  @Test
  void shouldRefuseAnEngineThatWasNeverMeasured() {
    var script = bounced(aPolicy());
    script.cluster.engine(Flavour.ELASTICSEARCH, 5, "5.6.16");

    assertThat(refusals(script.settles().verdict())).containsExactly("EngineIsSupported");
    assertThat(script.cluster.persistent()).isEmpty();
  }

  @Test
  void shouldRefuseAZoneAttributeThatNoNodeHas() {
    var cluster = aCluster();
    for (var name : new String[] {"backup1", "backup2", "spot1", "spot2", "spot3"}) {
      cluster.node(name).withoutZone();
    }
    var script = script(aPolicy().restartedAt(NOW).zoneAttribute("rack"), cluster);

    assertThat(script.settles().verdict().reason().sentence())
        .startsWith("no node has the attribute rack that spec.zones.attribute names");
  }

  @Test
  void shouldSayWhichNodesCannotBeBouncedForWantOfAHost() {
    var script = script(aPolicy().restartedAt(NOW).withoutHost("spot3"), aCluster());
    for (var name : new String[] {"backup1", "backup2", "spot1", "spot2"}) {
      script.cluster.node(name).startedAt(NOW);
    }

    assertThat(script.settles().verdict().reason().sentence())
        .isEqualTo("Cannot bounce [spot3]: spec.hosts.list does not name them");
  }
}
