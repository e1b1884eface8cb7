package dev.caretaker.elastic.release;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.Mark;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Routing;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.PortException;
import dev.caretaker.world.World;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ReleaseTest {
  private static final String REQUEST = "restartedAt=2026-11-20T12:00:00Z";
  private final World world =
      World.builder(1)
          .node("a", "backup")
          .node("b", "backup")
          .node("c", "spot")
          .index("logs", 1, 2, 1_000, 60)
          .build();

  @Test
  void shouldLiftEverythingOfOurs() throws PortException {
    hold(Map.of(Routing.ENABLE, "new_primaries", Routing.REBALANCE, "none"));
    world.people().kill(new NodeName("c"));
    world.advance(60);

    var release = Release.of(view(), World.ZONE);
    for (var action : release.actions()) {
      world.engine().perform(action);
    }
    world.advance(60);

    assertThat(release.away()).containsExactly(new NodeName("c"));
    assertThat(release.left()).isEmpty();
    assertThat(view().mark()).isEmpty();
    assertThat(view().settings().persistent()).isEqualTo(Map.of(Mark.RELEASED, REQUEST));
    assertThat(view().indices().get("logs")).matches(index -> index.replicas() == 1);
  }

  @Test
  void shouldFindNothingToDoTheSecondTime() throws PortException {
    hold(Map.of(Routing.ENABLE, "new_primaries"));
    for (var action : Release.of(view(), World.ZONE).actions()) {
      world.engine().perform(action);
    }
    world.advance(60);

    var again = Release.of(view(), World.ZONE);

    assertThat(again).isEqualTo(new Release(Optional.empty(), List.of(), List.of(), List.of()));
  }

  @Test
  void shouldLeaveWhatSomebodyElseWrote() throws PortException {
    hold(Map.of(Routing.ENABLE, "new_primaries"));
    world.people().put(settings(Map.of(Routing.ENABLE, "none")), new TreeMap<>());
    world.people().put(new TreeMap<>(), settings(Map.of(Routing.REBALANCE, "none")));
    world.advance(60);

    var release = Release.of(view(), World.ZONE);

    assertThat(release.left())
        .containsExactly(
            "persistent " + Routing.ENABLE + " = none",
            "transient " + Routing.REBALANCE + " = none");
    assertThat(release.actions().get(release.actions().size() - 1))
        .isInstanceOfSatisfying(
            EsAction.PutSettings.class,
            put ->
                assertThat(put.persistent())
                    .doesNotContainKey(Routing.ENABLE)
                    .containsEntry(Mark.RELEASED, Optional.of(REQUEST)));
  }

  @Test
  void shouldNameTheMachineThatWasBeingStoppedForGood() throws PortException {
    var leaving = new Mark.Member(new NodeName("i-7"), new NodeId("id-7"), "e1-7");
    var mark =
        new Mark(
            "data/main/uid",
            3,
            "Baseline",
            "None",
            List.of(),
            new TreeMap<>(),
            new TreeMap<>(),
            REQUEST,
            List.of(leaving));
    world.engine().perform(new EsAction.PutSettings(mark.settings(), new TreeMap<>()));

    assertThat(Release.of(view(), World.ZONE).away()).containsExactly(new NodeName("i-7"));
  }

  private void hold(Map<String, String> wrote) throws PortException {
    var mark =
        new Mark(
            "data/main/uid",
            3,
            "Rollout",
            "Stopping",
            List.of(new Mark.Member(new NodeName("c"), new NodeId("id-c"), "e1-c")),
            new TreeMap<>(Map.of("logs", 1)),
            new TreeMap<>(wrote),
            REQUEST);
    var persistent = settings(wrote);
    persistent.putAll(mark.settings());
    world.engine().perform(new EsAction.PutSettings(persistent, new TreeMap<>()));
    world.advance(60);
  }

  private static SortedMap<String, Optional<String>> settings(Map<String, String> values) {
    var settings = new TreeMap<String, Optional<String>>();
    values.forEach((key, value) -> settings.put(key, Optional.of(value)));
    return settings;
  }

  private ClusterView view() {
    return world.engine().read(Set.of()) instanceof Observed.Known<ClusterView> known
        ? known.value()
        : org.assertj.core.api.Assertions.fail("unreadable");
  }
}
