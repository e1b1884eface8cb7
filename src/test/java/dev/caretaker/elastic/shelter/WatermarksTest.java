package dev.caretaker.elastic.shelter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.caretaker.elastic.model.ClusterSettings;
import dev.caretaker.elastic.model.NodeView.Disk;
import dev.caretaker.kernel.Bytes;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WatermarksTest {
  private static final String DISK = "cluster.routing.allocation.disk.";
  private static final long GIB = 1L << 30;

  private static Disk disk(long freeGib) {
    return new Disk(new Bytes(100 * GIB), new Bytes(freeGib * GIB));
  }

  private static Watermarks with(Map<String, String> persistent) {
    return Watermarks.in(new ClusterSettings(persistent, Map.of(), Map.of()));
  }

  @ParameterizedTest
  @CsvSource({"90%,30", "0.9,30", "10gb,30", "10240mb,30", "39g,1", "41gb,0"})
  void shouldReadWhatMayBeUsedAndWhatMustStayFree(String high, long spareGib) {
    assertThat(with(Map.of(DISK + "watermark.high", high)).spareUnderHigh(disk(40)))
        .isCloseTo(spareGib * GIB, within(1L));
  }

  @Test
  void shouldBeTheEnginesOwnWhereNothingIsSet() {
    assertThat(with(Map.of()).spareUnderLow(disk(40))).isCloseTo(25 * GIB, within(1L));
    assertThat(with(Map.of()).spareUnderHigh(disk(40))).isCloseTo(30 * GIB, within(1L));
    assertThat(with(Map.of()).spareUnderFlood(disk(40))).isCloseTo(35 * GIB, within(1L));
  }

  /** ES 8: of a percentage and its headroom, the one that asks for less counts. */
  @ParameterizedTest
  @CsvSource({"90%,4gb,36", "90%,20GB,30", "90%,-1,30", "0.9,4gb,36", "15gb,4gb,25"})
  void shouldAskForNoMoreThanTheHeadroom(String high, String headroom, long spareGib) {
    var key = DISK + "watermark.high";
    var watermarks = with(Map.of(key, high, key + ".max_headroom", headroom));

    assertThat(watermarks.spareUnderHigh(disk(40))).isCloseTo(spareGib * GIB, within(1L));
  }

  @Test
  void shouldAllowEverythingFreeWhereTheyAreOff() {
    assertThat(with(Map.of(DISK + "threshold_enabled", "false")).spareUnderHigh(disk(3)))
        .isEqualTo(3 * GIB);
  }

  @Test
  void neverTakesNonsenseForRoom() {
    assertThat(with(Map.of(DISK + "watermark.high", "x%")).spareUnderHigh(disk(99))).isZero();
  }
}
