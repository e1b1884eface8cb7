package dev.caretaker.sandbox.audit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.InstanceId;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class NodeTracesTest {
  private static final InstanceId NODE = new InstanceId("i-0000000a");
  private static final Instant START = Instant.parse("2026-11-20T12:00:00Z");

  private final NodeTraces traces = new NodeTraces();

  @Test
  void shouldLetGoWhatWasEmptyAndStopped() {
    traces.saw(NODE, 3, true, START);
    traces.saw(NODE, 0, true, START.plusSeconds(9));

    assertThat(traces.unreleased(NODE, false)).isEmpty();
  }

  @Test
  void shouldLetGoWhatNeverJoined() {
    assertThat(traces.unreleased(NODE, false)).isEmpty();
  }

  @Test
  void shouldBlameAProcessThatRunsThoughItIsEmpty() {
    traces.saw(NODE, 0, true, START);

    assertThat(traces.unreleased(NODE, true)).isPresent();
  }

  @Test
  void shouldBlameCopiesThatLeftWithTheNode() {
    traces.saw(NODE, 1, true, START);

    assertThat(traces.unreleased(NODE, false)).get().asString().contains("1 copies");
  }

  @Test
  void shouldCallItProgressWhileCopiesLeave() {
    traces.saw(NODE, 3, false, START.minusSeconds(600));
    assertThat(traces.getsOn(NODE, START)).isFalse();

    traces.saw(NODE, 3, true, START);
    assertThat(traces.getsOn(NODE, START.plusSeconds(119))).isTrue();
    assertThat(traces.getsOn(NODE, START.plus(NodeTraces.PROGRESS))).isFalse();

    traces.saw(NODE, 2, true, START.plus(NodeTraces.PROGRESS));
    traces.saw(NODE, 2, true, START.plus(NodeTraces.PROGRESS).plusSeconds(60));
    assertThat(traces.getsOn(NODE, START.plus(NodeTraces.PROGRESS).plusSeconds(61))).isTrue();
    assertThat(traces.getsOn(NODE, START.plus(NodeTraces.PROGRESS).plusSeconds(121))).isFalse();
  }
}
