package dev.caretaker.elastic.shelter;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.id;
import static dev.caretaker.testkit.APolicy.aPolicy;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.action.EsAction.AllocateReplica;
import dev.caretaker.elastic.action.EsAction.MoveShard;
import dev.caretaker.elastic.action.RefusedAction;
import dev.caretaker.elastic.model.ShardCopy.State;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.testkit.ACluster;
import dev.caretaker.testkit.Script;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** How shard hot[0] on spot1 and spot2 is brought to safety before spot1 goes. */
class ShelterPlannerTest {
  private static final ShardId HOT = new ShardId("hot", 0);
  private final ACluster cluster = aCluster().shard("hot", 0, "spot1", "spot2");
  private final List<RefusedAction> refused = new ArrayList<>();

  private ShelterPlan plan(Map<String, Integer> raised) {
    var view = cluster.cluster();
    var shelter = new Shelter(aPolicy().build(), view, Set.of(id("spot1")), Script.NOW);
    return new ShelterPlanner(view, shelter, new Placement(view, "zone"), refused)
        .plan(new TreeMap<>(raised));
  }

  private void refuse(EsAction action) {
    refused.add(new RefusedAction(action, "no", false, Script.NOW));
  }

  @Test
  void shouldDoNothingWhereNothingIsExposed() {
    cluster.withoutIndices().shard("logs", 0, "spot1", "backup1");

    assertThat(plan(Map.of()))
        .isEqualTo(new ShelterPlan(List.of(), new TreeMap<>(), List.of(), new TreeMap<>()));
  }

  @Test
  void shouldAllocateAnUnassignedCopyFirst() {
    cluster.copy("hot", 0, State.UNASSIGNED, "", "", "NODE_LEFT");

    assertThat(plan(Map.of()).actions()).containsExactly(new AllocateReplica(HOT, id("backup1")));
  }

  @Test
  void shouldMoveTheCopyThatIsNotOnTheSet() {
    assertThat(plan(Map.of()).actions())
        .containsExactly(new MoveShard(HOT, id("spot2"), id("backup1")));
  }

  @Test
  void shouldTryAnotherTargetThanTheRefusedOne() {
    refuse(new MoveShard(HOT, id("spot2"), id("backup1")));

    assertThat(plan(Map.of()).actions())
        .containsExactly(new MoveShard(HOT, id("spot2"), id("backup2")));
  }

  @Test
  void shouldWaitForAMoveUnderWay() {
    cluster.withoutIndices().shard("hot", 0, "spot1");
    cluster.copy("hot", 0, State.RELOCATING, "spot2", "backup1", "");

    assertThat(plan(Map.of()).actions()).isEmpty();
    assertThat(plan(Map.of()).onTheWay()).containsExactly(HOT);
  }

  @Test
  void shouldAskForAReplicaMore_whereNoCopyMayMove() {
    for (var target : List.of("backup1", "backup2")) {
      refuse(new MoveShard(HOT, id("spot2"), id(target)));
      refuse(new MoveShard(HOT, id("spot1"), id(target)));
    }

    assertThat(plan(Map.of()).raise()).isEqualTo(Map.of("hot", 1));
  }

  @Test
  void neverRaisesTwice() {
    for (var target : List.of("backup1", "backup2")) {
      refuse(new MoveShard(HOT, id("spot2"), id(target)));
      refuse(new MoveShard(HOT, id("spot1"), id(target)));
    }
    cluster.index("hot", index -> ACluster.replicas(index, 2));

    assertThat(plan(Map.of("hot", 1)).raise()).isEmpty();
    assertThat(plan(Map.of("hot", 1)).stuck()).containsOnlyKeys(HOT);
  }

  @Test
  void shouldSayByDeciderWhyNothingHelps() {
    cluster.node("backup1").freeGib(1);
    cluster.node("backup2").freeGib(1);

    assertThat(plan(Map.of()).stuck()).isEqualTo(Map.of(HOT, "disk_threshold: [backup1, backup2]"));
  }

  @Test
  void neverMovesToOrFromAFrozenNode() {
    cluster.node("backup1").silent();

    assertThat(plan(Map.of()).actions())
        .containsExactly(
            new MoveShard(HOT, id("spot2"), id("backup2")),
            new MoveShard(new ShardId("logs", 0), id("spot1"), id("backup2")));
  }
}
