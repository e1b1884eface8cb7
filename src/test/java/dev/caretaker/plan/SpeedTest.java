package dev.caretaker.plan;

import static dev.caretaker.testkit.ACluster.aCluster;
import static dev.caretaker.testkit.ANode.STARTED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.elastic.model.NodeName;
import dev.caretaker.elastic.model.Recovery;
import dev.caretaker.kernel.Bytes;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeedTest {
  private static final long MIB = 1L << 20;

  private static Recovery recovery(long mib, int seconds) {
    return new Recovery(
        new NodeName("spot1"), false, new Bytes(mib * MIB), STARTED, Duration.ofSeconds(seconds));
  }

  @Test
  void shouldTakeTheMiddleOfWhatTheClusterHasShown() {
    var shown = List.of(recovery(100, 10), recovery(100, 5), recovery(100, 1), recovery(1, 60));

    var speed = Speed.of(aCluster().cluster(), shown);

    assertThat(speed.pace().bytesPerSecond()).isEqualTo(20 * MIB);
    assertThat(speed.basis().get(0)).startsWith("measured: ").contains("middle");
  }

  @Test
  void shouldSayThatItAssumesWhereTooFewWereLargeEnough() {
    var shown = Collections.nCopies(50, recovery(1, 1));

    var speed = Speed.of(aCluster().cluster(), shown);

    assertThat(speed.pace().bytesPerSecond()).isEqualTo(40 * MIB);
    assertThat(speed.basis()).allMatch(each -> each.startsWith("assumed, not measured: "));
  }

  @Test
  void shouldTakeStartsAndReturnsFromTheLastBounce() {
    var shown =
        List.of(
            back("backup1", 32, 1),
            back("backup1", 90, 8),
            back("spot1", 62, 3),
            back("spot2", 42, 2),
            back("spot3", 7200, 1));

    var speed = Speed.of(aCluster().cluster(), shown);

    assertThat(speed.pace().starts())
        .isEqualTo(
            Map.of(
                new NodeName("backup1"), Duration.ofSeconds(30),
                new NodeName("spot1"), Duration.ofSeconds(60),
                new NodeName("spot2"), Duration.ofSeconds(40)));
    assertThat(speed.pace().start()).contains(Duration.ofSeconds(40));
    assertThat(speed.pace().returning()).isEqualTo(Duration.ofSeconds(3));
    assertThat(speed.basis().subList(1, 3)).allMatch(each -> each.startsWith("measured: "));
  }

  private static Recovery back(String node, int secondsAfterItsStart, int took) {
    return new Recovery(
        new NodeName(node),
        true,
        Bytes.ZERO,
        STARTED.plusSeconds(secondsAfterItsStart),
        Duration.ofSeconds(took));
  }

  @ParameterizedTest
  @CsvSource({"40mb, 40", "1gb, 1024", "512kb, 0.5", "-1, 40", "0b, 40", "fast, 40"})
  void shouldReadTheLimitThatIsInForce(String limit, double mib) {
    var cluster = aCluster().persistent("indices.recovery.max_bytes_per_sec", limit).cluster();

    assertThat(Speed.of(cluster, List.of()).pace().bytesPerSecond()).isEqualTo((long) (mib * MIB));
  }
}
