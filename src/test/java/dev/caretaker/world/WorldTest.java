package dev.caretaker.world;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.ClusterView.Health;
import dev.caretaker.elastic.model.Explanation;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.port.PortException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** The world does what the engines were measured to do, the unpleasant parts above all. */
class WorldTest {
  private static final long GIB = 1L << 30;
  private static final ShardId FIRST = new ShardId("a", 0);

  private final World world = fiveNodes().build();

  private static WorldBuilder fiveNodes() {
    return World.builder(1)
        .node("backup1", "backup")
        .node("backup2", "backup")
        .node("spot1", "spot")
        .node("spot2", "spot")
        .node("spot3", "spot")
        .index("a", 3, 1, GIB, 7)
        .index("b", 2, 2, GIB, 0);
  }

  private ClusterView view() {
    return world.engine().read(Set.of(FIRST)).ifKnown().orElseThrow();
  }

  private void put(String key, String value) throws PortException {
    var settings = new TreeMap<String, Optional<String>>();
    settings.put(key, Optional.of(value));
    world.engine().perform(new EsAction.PutSettings(settings, new TreeMap<>()));
  }

  private NodeId primaryNode(ShardId shard) {
    return view().copiesOf(shard).stream()
        .filter(ShardCopy::primary)
        .findFirst()
        .flatMap(ShardCopy::node)
        .orElseThrow();
  }

  private NodeName nameOf(NodeId id) {
    return view().node(id).orElseThrow().name();
  }

  @Test
  void shouldStartGreenAndBalanced() {
    assertThat(view().health()).isEqualTo(Health.GREEN);
    assertThat(view().nodes()).hasSize(5);
    assertThat(view().voters()).hasSize(5);
    assertThat(view().fromMaster()).isTrue();
  }

  @Test
  void shouldPromoteAtOnceAndRebuildAfterTheDelay() {
    world.people().kill(nameOf(primaryNode(FIRST)));

    world.advance(10);
    assertThat(view().health()).isEqualTo(Health.YELLOW);
    assertThat(view().copiesOf(FIRST)).anyMatch(copy -> !copy.active());
    world.advance(60 + 40);
    assertThat(view().health()).isEqualTo(Health.GREEN);
  }

  @Test
  void shouldNotRebuildWhileFrozenAndTakeLocalPrimariesBack() throws PortException {
    put(Routing.ENABLE, "new_primaries");
    var name = nameOf(primaryNode(FIRST));
    world.people().kill(name);

    world.advance(300);
    assertThat(view().health()).isEqualTo(Health.YELLOW);
    world.people().createIndex("daily", 1, 1, GIB, 5);
    world.advance(10);
    assertThat(view().health()).isEqualTo(Health.YELLOW);
    world.people().start(name);
    world.advance(60);
    assertThat(view().nodes()).hasSize(5);
    assertThat(view().health()).isEqualTo(Health.YELLOW);
    put(Routing.ENABLE, "all");
    world.advance(10 * 60);
    assertThat(view().health()).isEqualTo(Health.GREEN);
  }

  @Test
  void shouldTurnANewIndexRedUnderNone() throws PortException {
    put(Routing.ENABLE, "none");
    world.people().createIndex("daily", 1, 1, GIB, 5);

    world.advance(30);
    assertThat(view().health()).isEqualTo(Health.RED);
  }

  @Test
  void shouldDoNothingOnAnExclusionWhileFrozen() throws PortException {
    var source = primaryNode(FIRST);
    put(Routing.ENABLE, "new_primaries");
    put(Routing.EXCLUDE_ID, source.value());

    world.advance(120);
    assertThat(view().copiesTouching(source)).isNotEmpty();
    assertThat(view().explanations().get(FIRST))
        .isEqualTo(new Explanation("enable", "allocations are forbidden by [enable]"));
    put(Routing.ENABLE, "all");
    world.advance(600);
    assertThat(view().copiesTouching(source)).isEmpty();
  }

  @Test
  void shouldUndoAManualMoveWhenRebalancing() throws PortException {
    var from = primaryNode(FIRST);
    var to =
        view().nodes().stream()
            .map(node -> node.id())
            .filter(id -> view().copiesOf(FIRST).stream().noneMatch(copy -> copy.isOn(id)))
            .findFirst()
            .orElseThrow();
    long before = view().copiesTouching(to).count();
    world.engine().perform(new EsAction.MoveShard(FIRST, from, to));

    world.advance(200);
    assertThat(view().copiesTouching(to).count()).isEqualTo(before);
  }

  @Test
  void shouldLetATransientValueAndAnEmptyOneMaskThePersistent() throws PortException {
    put(Routing.EXCLUDE_NAME, "spot1");
    world.people().put(Map.of(), Map.of(Routing.EXCLUDE_NAME, Optional.of("")));

    world.advance(600);
    var spot1 = view().node(new NodeName("spot1")).orElseThrow().id();
    assertThat(view().copiesTouching(spot1)).isNotEmpty();
  }

  @Test
  void shouldRejectAWholeWriteForOneBadValue() {
    assertThatThrownBy(() -> put(Routing.ENABLE, "sometimes")).isInstanceOf(PortException.class);
    assertThat(view().settings().persistent()).isEmpty();
  }

  @Test
  void shouldGiveANewIdToAnEmptyDisk() {
    var name = new NodeName("spot1");
    var before = view().node(name).orElseThrow();
    world.people().lose(name);
    world.advance(20);
    world.people().start(name);

    world.advance(60);
    var after = view().node(name).orElseThrow();
    assertThat(after.id()).isNotEqualTo(before.id());
    assertThat(after.ephemeralId()).isNotEqualTo(before.ephemeralId());
  }

  @Test
  void shouldStillCallAFrozenNodeAMemberForHalfAMinute() {
    var name = new NodeName("spot2");
    world.people().freeze(name, 1000);

    world.advance(20);
    assertThat(view().node(name).orElseThrow().answers()).isFalse();
    assertThat(view().health()).isEqualTo(Health.GREEN);
    assertThat(world.engine().probe().ifKnown()).contains(false);
    world.advance(20);
    assertThat(view().node(name)).isEmpty();
  }

  @Test
  void shouldLoseTheMasterWithTheQuorumAndElectAnotherOtherwise() {
    world.people().kill(new NodeName("backup1"));
    world.advance(10);
    assertThat(view().fromMaster()).isTrue();
    assertThat(view().voters()).hasSize(3);

    world.people().kill(new NodeName("backup2"));
    world.people().kill(new NodeName("spot1"));
    world.advance(10);
    assertThat(view().fromMaster()).isFalse();
  }

  @Test
  void shouldForgetAnAbsentCopyWithTheNextWrite() {
    var name = nameOf(primaryNode(FIRST));
    world.people().kill(name);
    world.advance(10);
    var alone = nameOf(primaryNode(FIRST));
    world.people().lose(alone);
    world.people().start(name);

    world.advance(600);
    // the data of the first node is there, but nobody trusts it
    assertThat(view().health()).isEqualTo(Health.RED);
  }

  @Test
  void shouldBeTheSameForTheSameSeed() {
    var other = fiveNodes().build();
    for (var each : Set.of(world, other)) {
      each.people().kill(new NodeName("spot3"));
      each.advance(500);
    }

    assertThat(other.timeline()).isEqualTo(world.timeline());
    assertThat(other.engine().read(Set.of())).isEqualTo(world.engine().read(Set.of()));
  }
}
