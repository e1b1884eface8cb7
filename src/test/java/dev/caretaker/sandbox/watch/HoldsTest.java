package dev.caretaker.sandbox.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class HoldsTest {

  private static final String ENABLE = "cluster.routing.allocation.enable";
  private static final String EXCLUDE = "cluster.routing.allocation.exclude._name";
  private static final String MARK = "cluster.metadata.caretaker.owner";
  private static final Look NOTHING = Looks.with(Map.of(), Map.of());

  @Test
  void shouldTakeTheDefaultInWritingForTheDefault() {
    assertThat(Holds.differences(NOTHING, Looks.with(Map.of(ENABLE, "all"), Map.of()))).isEmpty();
  }

  @Test
  void shouldNameEveryDifferenceWithItsScope() {
    var after = Looks.with(Map.of(EXCLUDE, "spot1", MARK, "me"), Map.of(ENABLE, "none"));

    assertThat(Holds.differences(NOTHING, after))
        .containsExactly("persistent " + MARK, "persistent " + EXCLUDE, "transient " + ENABLE);
  }

  @Test
  void shouldMissWhatWasThereBefore() {
    var before = Looks.with(Map.of(EXCLUDE, "spot1"), Map.of());

    assertThat(Holds.differences(before, NOTHING)).containsExactly("persistent " + EXCLUDE);
    assertThat(Holds.differences(before, before)).isEmpty();
  }

  @Test
  void shouldNoticeAHoldWithoutAMark() {
    var holds = new Holds();
    holds.accept(NOTHING, Looks.with(Map.of(ENABLE, "new_primaries", MARK, "me"), Map.of()));
    assertThat(holds.unmarked()).isZero();

    holds.accept(NOTHING, Looks.with(Map.of(ENABLE, "new_primaries"), Map.of()));

    assertThat(holds.unmarked()).isEqualTo(1);
  }
}
