package dev.caretaker.elastic.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class ConflictTest {
  private static final Routing PLAIN = Routing.baseline(Allocation.ALL, List.of(), List.of());
  private static final Routing DRAINING =
      Routing.baseline(Allocation.ALL, List.of(new NodeName("spot1")), List.of());

  @Test
  void shouldFindNothingWhereADeclaredExclusionIsNotWrittenYet() {
    assertThat(Conflict.in(persistent(Map.of()), "zone", DRAINING)).isEmpty();
  }

  @Test
  void shouldLetAPersistentValueStandThatSaysWhatIsDeclared() {
    var settings = persistent(Map.of(Routing.ENABLE, "all", Routing.EXCLUDE + "zone", ""));

    assertThat(Conflict.in(settings, "zone", PLAIN)).isEmpty();
  }

  @Test
  void shouldNameAPersistentValueOfSomebodyElse() {
    assertThat(Conflict.in(persistent(Map.of(Routing.ENABLE, "none")), "zone", PLAIN))
        .containsExactly(new Conflict("persistent", Routing.ENABLE, "none"));
  }

  @Test
  void shouldNameATransientValueEvenIfItSaysTheSame() {
    var settings = new ClusterSettings(Map.of(), Map.of(Routing.ENABLE, "all"), Map.of());

    assertThat(Conflict.in(settings, "zone", PLAIN))
        .containsExactly(new Conflict("transient", Routing.ENABLE, "all"));
  }

  @Test
  void shouldNameWhatAPersonTookAwayOrPutBackBesideOurMark() {
    var written = new TreeMap<>(persistentOf(markOf(Map.of(Routing.ENABLE, "new_primaries"))));

    assertThat(Conflict.in(persistent(written), "zone", PLAIN))
        .containsExactly(new Conflict("persistent", Routing.ENABLE, "(removed)"));

    written.put(Routing.ENABLE, "all");
    assertThat(Conflict.in(persistent(written), "zone", PLAIN))
        .containsExactly(new Conflict("persistent", Routing.ENABLE, "all"));

    written.put(Routing.ENABLE, "new_primaries");
    assertThat(Conflict.in(persistent(written), "zone", PLAIN)).isEmpty();
  }

  private static ClusterSettings persistent(Map<String, String> values) {
    return new ClusterSettings(values, Map.of(), Map.of());
  }

  private static Mark markOf(Map<String, String> wrote) {
    return new Mark(
        "ns/name/uid",
        1,
        "Rollout",
        "Freezing",
        List.of(),
        new TreeMap<>(),
        new TreeMap<>(wrote),
        "request");
  }

  private static Map<String, String> persistentOf(Mark mark) {
    return Routing.present(mark.settings());
  }
}
