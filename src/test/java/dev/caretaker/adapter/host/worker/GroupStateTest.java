package dev.caretaker.adapter.host.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.WorkerView.State;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One state for many processes. */
class GroupStateTest {

  private static Observed<State> of(String program, String... lines) {
    return GroupState.of(program, List.of(lines));
  }

  @ParameterizedTest
  @CsvSource({
    "RUNNING, RUNNING, RUNNING",
    "STOPPED, STOPPED, STOPPED",
    "RUNNING, STOPPED, RUNNING",
    "STOPPING, STOPPED, RUNNING",
    "STARTING, STARTING, RUNNING",
    "RUNNING, FATAL, FAILED",
    "RUNNING, EXITED, FAILED",
    "STOPPED, BACKOFF, FAILED",
  })
  void shouldPutTwoProcessesTogether(String one, String other, State expected) {
    assertThat(
            of(
                "etl:*",
                "etl:etl_00                       " + one + "   pid 4711, uptime 0:00:09",
                "etl:etl_01                       " + other + "   Nov 28 08:00 PM"))
        .isEqualTo(Observed.known(expected));
  }

  @Test
  void shouldPassOverOtherPrograms() {
    assertThat(of("etl", "push  FATAL  Exited too quickly", "etl  RUNNING  pid 1, uptime 1:00:00"))
        .isEqualTo(Observed.known(State.RUNNING));
    assertThat(of("etl:etl", "etl   STOPPED   Not started"))
        .isEqualTo(Observed.known(State.STOPPED));
  }

  @Test
  void neverTakesAComplaintForAStoppedProgram() {
    assertThat(of("etl:*", "etl: ERROR (no such group)")).isInstanceOf(Observed.Unknown.class);
    assertThat(of("etl", "unix:///run/supervisor.sock no such file"))
        .isInstanceOf(Observed.Unknown.class);
    assertThat(of("etl")).isInstanceOf(Observed.Unknown.class);
    assertThat(of("etl:*", "etl:a  RUNNING  pid 1, uptime 1", "etl:b  UNKNOWN"))
        .isInstanceOf(Observed.Unknown.class);
  }
}
