package dev.caretaker.adapter.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.port.PortException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemctlTest {
  private static final String UNIT = "elasticsearch.service";
  private static final Systemctl SYSTEMD = new Systemctl(true);

  private static Observed<Sighting> seen(
      String load, String active, String sub, String result, int pid) {
    var text =
        "Result=%s%nMainPID=%d%nLoadState=%s%nActiveState=%s%nSubState=%s%n"
            .formatted(result, pid, load, active, sub);
    return SYSTEMD.sighting(UNIT, new Answer(0, text, ""));
  }

  @Test
  void shouldAskForPropertiesAndQueueChanges() {
    assertThat(SYSTEMD.status(UNIT).line())
        .isEqualTo(
            "systemctl --no-pager show"
                + " --property=LoadState,ActiveState,SubState,Result,MainPID"
                + " elasticsearch.service");
    assertThat(SYSTEMD.stop(UNIT).line())
        .isEqualTo("sudo -n systemctl --no-ask-password --no-block stop elasticsearch.service");
    assertThat(new Systemctl(false).start(UNIT).line())
        .isEqualTo("systemctl --no-ask-password --no-block start elasticsearch.service");
  }

  @ParameterizedTest
  @CsvSource({
    "loaded, active, running, success, 77, RUNNING",
    "loaded, reloading, reload, success, 77, RUNNING",
    "loaded, activating, start, success, 77, RUNNING",
    "loaded, deactivating, stop-sigterm, success, 77, ENDING",
    "masked, active, running, success, 77, RUNNING",
    "loaded, inactive, dead, success, 0, STOPPED",
    "loaded, inactive, dead, exit-code, 0, DIED",
    "loaded, failed, failed, oom-kill, 0, DIED",
    "loaded, activating, auto-restart, exit-code, 0, DIED",
    "loaded, activating, start-pre, success, 0, UNKNOWN",
    "loaded, deactivating, stop-post, success, 0, UNKNOWN",
    "loaded, active, exited, success, 0, UNKNOWN",
    "not-found, inactive, dead, success, 0, UNKNOWN",
    "masked, inactive, dead, success, 0, UNKNOWN"
  })
  void shouldReadEveryState(
      String load, String active, String sub, String result, int pid, String expected) {
    var seen = seen(load, active, sub, result, pid);

    assertThat(seen.map(SystemctlTest::word).ifKnown().orElse("UNKNOWN")).isEqualTo(expected);
  }

  private static String word(Sighting sighting) {
    if (sighting instanceof Sighting.Lives lives) {
      assertThat(lives.pid()).isEqualTo(Optional.of(77L));
      return lives.stopping() ? "ENDING" : "RUNNING";
    }
    return sighting instanceof Sighting.Stopped ? "STOPPED" : "DIED";
  }

  @Test
  void shouldSayWhatToDo() {
    var bus =
        new Answer(1, "", "System has not been booted with systemd as init system. Can't operate.");
    assertThat(SYSTEMD.sighting(UNIT, bus)).asString().contains("kind: Supervisor");

    var denied =
        SYSTEMD.stopComplaint(
            UNIT, new Answer(1, "", "Failed to stop: Interactive authentication required."));
    assertThat(denied.orElseThrow().kind()).isEqualTo(Kind.DENIED);

    var absent =
        SYSTEMD.startComplaint(UNIT, new Answer(5, "", "Failed: Unit x.service not found."));
    assertThat(absent.orElseThrow().sentence()).contains("spec.hosts.process.program");
    assertThat(SYSTEMD.stopComplaint(UNIT, new Answer(0, "", ""))).isEmpty();
  }
}
