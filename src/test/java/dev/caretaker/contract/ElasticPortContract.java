package dev.caretaker.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView.Health;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeView;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardCopy.State;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.elastic.model.ZoneName;
import dev.caretaker.kernel.Observed;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What deciders rely on, whoever answers: a simulated cluster that drifts from the engines proves
 * nothing, and an adapter that drifts from the simulation is not tested.
 */
abstract class ElasticPortContract extends ContractSteps {
  private static final String EXCLUDE_ZONE = Routing.EXCLUDE + "zone";

  @Test
  void shouldShowTheClusterAsItsMasterSeesIt() {
    ground().createIndex("daily", 1, 1);

    var view = ground().await("both copies started", ContractSteps::settled);

    assertThat(view.fromMaster()).isTrue();
    assertThat(view.engine().supported()).isTrue();
    assertThat(view.nodes())
        .extracting(node -> node.name().value())
        .containsExactlyInAnyOrder("backup1", "backup2", "spot1");
    assertThat(view.nodes()).allMatch(NodeView::answers).allMatch(NodeView::masterEligible);
    assertThat(view.nodes())
        .allMatch(NodeView::holdsData)
        .allMatch(node -> node.disk().isPresent());
    assertThat(view.node(SPOT).flatMap(NodeView::zone)).contains(new ZoneName("spot"));
    assertThat(view.voters()).hasSize(3);
    assertThat(view.copiesOf(DAILY)).hasSize(2).allMatch(ShardCopy::isSafeCopy);
    assertThat(ground().engine().probe()).isEqualTo(Observed.known(true));
  }

  @Test
  void shouldPutAllSettingsOrNone() {
    var mixed = new TreeMap<String, Optional<String>>();
    mixed.put(Routing.REBALANCE, Optional.of("none"));
    mixed.put(Routing.ENABLE, Optional.of("sometimes"));

    refusal(new EsAction.PutSettings(mixed, new TreeMap<>()));

    assertThat(ground().view().settings().persistent()).isEmpty();
  }

  @Test
  void shouldRemoveWithNullAndKeepWhatIsNotNamed() {
    persistent(Map.of(Routing.ENABLE, Optional.of("none"), Routing.REBALANCE, Optional.of("none")));
    persistent(Routing.ENABLE, "primaries");
    assertThat(ground().view().settings().persistent())
        .isEqualTo(Map.of(Routing.ENABLE, "primaries", Routing.REBALANCE, "none"));

    persistent(Map.of(Routing.ENABLE, Optional.empty()));

    var settings = ground().view().settings();
    assertThat(settings.persistent()).isEqualTo(Map.of(Routing.REBALANCE, "none"));
    assertThat(settings.inForce(Routing.ENABLE)).contains("all");
  }

  @Test
  void shouldLetTransientOutrankPersistent() {
    var persistent = new TreeMap<String, Optional<String>>();
    persistent.put(Routing.ENABLE, Optional.of("none"));
    persistent.put(Routing.EXCLUDE_NAME, Optional.of("spot1"));
    var transientScope = new TreeMap<String, Optional<String>>();
    transientScope.put(Routing.ENABLE, Optional.of("primaries"));
    transientScope.put(Routing.EXCLUDE_NAME, Optional.of(""));

    perform(new EsAction.PutSettings(persistent, transientScope));

    var settings = ground().view().settings();
    assertThat(settings.inForce(Routing.ENABLE)).contains("primaries");
    assertThat(settings.persistent()).containsEntry(Routing.ENABLE, "none");
    // The empty text is a value: it masks the exclusion below it.
    assertThat(settings.inForce(Routing.EXCLUDE_NAME)).contains("");
  }

  @Test
  void shouldGiveTheMarkBackAsItWasWritten() {
    var mark =
        new Mark(
            "data/main/uid-1",
            41,
            "Rollout",
            "Freezing",
            List.of(new Mark.Member(SPOT, node(SPOT).id(), node(SPOT).ephemeralId())),
            new TreeMap<>(Map.of("daily", 1)),
            new TreeMap<>(Map.of(Routing.EXCLUDE_NAME, "a,b")),
            "restartedAt=2026-11-20T12:00:00Z");
    var settings = mark.settings();
    settings.put(Routing.ENABLE, Optional.of("new_primaries"));

    persistent(settings);

    var view = ground().view();
    assertThat(view.mark()).contains(mark);
    assertThat(Mark.nonceIn(view.settings().persistent())).contains(mark.nonce());
    persistent(Mark.removal());
    assertThat(ground().view().mark()).isEmpty();
  }

  @Test
  void shouldMoveShardsAwayFromAnExcludedId() {
    shouldMoveShardsAway(Routing.EXCLUDE_ID, node(SPOT).id().value());
  }

  @Test
  void shouldMoveShardsAwayFromAnExcludedName() {
    shouldMoveShardsAway(Routing.EXCLUDE_NAME, "spot1");
  }

  @Test
  void shouldMoveShardsAwayFromAnExcludedZone() {
    shouldMoveShardsAway(EXCLUDE_ZONE, "spot");
  }

  private void shouldMoveShardsAway(String key, String value) {
    ground().createIndex("daily", 6, 0);
    var spot = node(SPOT).id();
    ground()
        .await(
            "a copy on spot1",
            seen -> settled(seen) && seen.copiesTouching(spot).findAny().isPresent());

    persistent(key, value);

    var view = ground().await("spot1 empty", seen -> seen.copiesTouching(spot).findAny().isEmpty());
    assertThat(view.allCopies()).hasSize(6);
    assertThat(view.health()).isEqualTo(Health.GREEN);
  }

  @Test
  void neverMovesAnythingForAnExclusionWhileFrozen() {
    ground().createIndex("daily", 6, 0);
    var spot = node(SPOT).id();
    var before =
        ground()
            .await(
                "spread", seen -> settled(seen) && seen.copiesTouching(spot).findAny().isPresent());
    freeze();

    persistent(Routing.EXCLUDE_ID, spot.value());
    ground().aWhile();

    assertThat(ground().view().copies()).isEqualTo(before.copies());
  }

  @Test
  void shouldMoveExplicitlyWhileFrozen() {
    ground().createIndex("daily", 1, 0);
    var view = ground().await("started", ContractSteps::settled);
    var target = anotherNode(view, DAILY);
    freeze();

    perform(new EsAction.MoveShard(DAILY, primaryNode(view, DAILY), target));

    ground().await("moved", seen -> on(seen, DAILY, target));
  }

  @Test
  void shouldShowARelocationAtItsSourceWithItsTarget() {
    ground().createSlowIndex("daily");
    var view = ground().await("started", ContractSteps::settled);
    var source = primaryNode(view, DAILY);
    var target = anotherNode(view, DAILY);

    perform(new EsAction.MoveShard(DAILY, source, target));

    var moving = ground().view().copiesOf(DAILY);
    assertThat(moving).hasSize(1);
    assertThat(moving.get(0).state()).isEqualTo(State.RELOCATING);
    assertThat(moving.get(0).node()).contains(source);
    assertThat(moving.get(0).relocatingTo()).contains(target);
    assertThat(moving.get(0).isSafeCopy()).isTrue();
  }

  @Test
  void shouldStartTheNewIndexOfTheDayWhileFrozen() {
    freeze();

    ground().createIndex("daily", 1, 1);

    var view = ground().await("primary started", seen -> seen.health() == Health.YELLOW);
    assertThat(view.copiesOf(DAILY)).filteredOn(ShardCopy::primary).allMatch(ShardCopy::isSafeCopy);
    ground().aWhile();
    assertThat(ground().view().copiesOf(DAILY))
        .filteredOn(copy -> !copy.primary())
        .containsExactly(
            new ShardCopy(
                DAILY,
                false,
                State.UNASSIGNED,
                Optional.empty(),
                Optional.empty(),
                false,
                Optional.of("INDEX_CREATED")));
    assertThat(ground().view(Set.of(DAILY)).explanations())
        .hasEntrySatisfying(
            DAILY, explanation -> assertThat(explanation.decider()).isEqualTo("enable"));
  }

  @Test
  void shouldAllocateAReplicaExplicitlyWhileFrozen() {
    freeze();
    ground().createIndex("daily", 1, 1);
    var view = ground().await("primary started", seen -> seen.health() == Health.YELLOW);
    var target = anotherNode(view, DAILY);

    perform(new EsAction.AllocateReplica(DAILY, target));

    ground().await("replica started", seen -> on(seen, DAILY, target) && settled(seen));
  }

  @Test
  void shouldMakeANewIndexRedWhereNothingIsAllocated() {
    persistent(Routing.ENABLE, "none");

    ground().createIndex("daily", 1, 0);
    ground().aWhile();

    assertThat(ground().view().health()).isEqualTo(Health.RED);
  }

  @Test
  void shouldRefuseAMoveToANodeThatHasACopy() {
    ground().createIndex("daily", 1, 1);
    var view = ground().await("both started", ContractSteps::settled);
    var primary = primaryNode(view, DAILY);
    var replica =
        view.copiesOf(DAILY).stream()
            .filter(copy -> !copy.primary())
            .findFirst()
            .flatMap(ShardCopy::node)
            .orElseThrow();

    var refusal = refusal(new EsAction.MoveShard(DAILY, primary, replica));

    assertThat(refusal).hasMessageContaining("same_shard");
  }

  @Test
  void shouldRefuseAnExcludedTargetEvenExplicitly() {
    ground().createIndex("daily", 1, 0);
    var view = ground().await("started", ContractSteps::settled);
    var target = anotherNode(view, DAILY);
    freeze();
    persistent(Routing.EXCLUDE_ID, target.value());

    var refusal = refusal(new EsAction.MoveShard(DAILY, primaryNode(view, DAILY), target));

    assertThat(refusal).hasMessageContaining("filter");
  }

  @Test
  void shouldRefuseWhatNamesNoShard() {
    var view = ground().view();
    var nodes = view.nodes();
    var nowhere = new ShardId("no-such-index", 0);

    refusal(new EsAction.MoveShard(nowhere, nodes.get(0).id(), nodes.get(1).id()));
    refusal(new EsAction.AllocateReplica(nowhere, nodes.get(0).id()));
    refusal(new EsAction.SetReplicas("no-such-index", 1, 2));
  }

  @Test
  void shouldSetReplicasOnlyFromTheCountThatWasSeen() {
    ground().createIndex("daily", 1, 0);
    ground().await("started", ContractSteps::settled);

    refusal(new EsAction.SetReplicas("daily", 1, 2));
    perform(new EsAction.SetReplicas("daily", 0, 1));

    var view = ground().await("two copies", seen -> seen.copiesOf(DAILY).size() == 2);
    assertThat(view.indices().values()).extracting(index -> index.replicas()).containsExactly(1);
    ground().await("both started", ContractSteps::settled);
  }

  @Test
  void shouldFlush() {
    ground().createIndex("daily", 1, 1);

    perform(new EsAction.Flush());

    ground().await("both started", ContractSteps::settled);
  }
}
