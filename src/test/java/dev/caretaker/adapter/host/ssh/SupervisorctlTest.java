package dev.caretaker.adapter.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.kernel.Observed;
import dev.caretaker.port.PortException.Kind;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The words are those of supervisor 4.2.5 and 3.3, whose exit codes differ. */
class SupervisorctlTest {
  private static final Supervisorctl PLAIN = new Supervisorctl(false, Optional.empty());

  private static Answer says(String output) {
    return new Answer(0, output, "");
  }

  private static Observed<Sighting> seen(String output) {
    return PLAIN.sighting("es", says(output));
  }

  private static Observed<Sighting> known(Sighting sighting) {
    return Observed.known(sighting);
  }

  @Test
  void shouldBuildCommandsWithAndWithoutSudo() {
    assertThat(PLAIN.status("es").line()).isEqualTo("supervisorctl status es");
    var other = new Supervisorctl(true, Optional.of("/etc/sup.conf"));
    assertThat(other.stop("g:es").line())
        .isEqualTo("sudo -n supervisorctl -c /etc/sup.conf stop g:es");
    assertThat(other.start("es").line())
        .isEqualTo("sudo -n supervisorctl -c /etc/sup.conf start es");
    assertThat(PLAIN.pid("es").line()).isEqualTo("supervisorctl pid es");
  }

  @Test
  void shouldReadEveryState() {
    assertThat(seen("es                               RUNNING   pid 1330, uptime 0:00:03\n"))
        .isEqualTo(known(new Sighting.Lives(Optional.of(1330L), false)));
    assertThat(seen("es    RUNNING   pid 7, uptime 12 days, 3:04:05"))
        .isEqualTo(known(new Sighting.Lives(Optional.of(7L), false)));
    assertThat(seen("es                               STARTING  \n"))
        .isEqualTo(known(new Sighting.Lives(Optional.empty(), false)));
    assertThat(seen("es                               STOPPING  \n"))
        .isEqualTo(known(new Sighting.Lives(Optional.empty(), true)));
    assertThat(seen("es   STOPPED   Not started")).isEqualTo(known(new Sighting.Stopped()));
    assertThat(seen("es   STOPPED   Nov 21 12:22 PM")).isEqualTo(known(new Sighting.Stopped()));
    assertThat(seen("es   EXITED    Nov 21 12:22 PM"))
        .isEqualTo(known(new Sighting.Died("EXITED Nov 21 12:22 PM")));
    assertThat(seen("es   BACKOFF   Exited too quickly (process log may have details)"))
        .isEqualTo(
            known(new Sighting.Died("BACKOFF Exited too quickly (process log may have details)")));
    assertThat(seen("es   FATAL     can't find command '/no'"))
        .isEqualTo(known(new Sighting.Died("FATAL can't find command '/no'")));
  }

  @Test
  void shouldCountTheWordsAndNotTheExitCode() {
    var stopped = new Answer(3, "es   STOPPED   Not started\n", "");

    assertThat(PLAIN.sighting("es", stopped)).isEqualTo(known(new Sighting.Stopped()));
  }

  @Test
  void shouldKnowProgramsInGroups() {
    var line = "g:es   RUNNING   pid 5, uptime 0:00:03";
    assertThat(PLAIN.sighting("g:es", says(line)).ifKnown()).isPresent();
    assertThat(PLAIN.sighting("es", says(line)).ifKnown()).isEmpty();
    // In a group of the same name it is shown without it.
    assertThat(PLAIN.sighting("es:es", says("es   STOPPED   Not started")))
        .isEqualTo(known(new Sighting.Stopped()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "es   UNKNOWN",
        "es   DREAMING   pid 4",
        "es   RUNNING   no pid here",
        "es2   STOPPED   Not started",
        "something else altogether"
      })
  void neverTakesNotKnowingForStopped(String output) {
    assertThat(seen(output)).isInstanceOf(Observed.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "unix:///tmp/supervisor.sock no such file | keep it out of /tmp",
        "unix:///var/run/supervisor.sock refused connection | does not run there",
        "http://localhost:9001 refused connection | does not run there",
        "es: ERROR (no such process) | knows no program es",
        "es: ERROR (no such group) | knows no program es",
        "error: <class 'PermissionError'>, [Errno 13] Permission denied: file: /x line: 5 | sudo",
        "Server requires authentication | may not talk",
        "Error: could not find config file /nonexist | spec.hosts.process.configuration",
        "error: <Fault 6: 'SHUTDOWN_STATE'>, : file: xmlrpc.py | is shutting down"
      })
  void shouldSayWhatToDo(String output, String advice) {
    var seen = PLAIN.sighting("es", new Answer(4, output, ""));

    assertThat(seen).isInstanceOf(Observed.Unknown.class).asString().contains(advice.strip());
  }

  @Test
  void shouldTellWhatSudoAndTheShellSay() {
    var sudo = new Supervisorctl(true, Optional.empty());

    var password = sudo.stopComplaint("es", new Answer(1, "", "sudo: a password is required\n"));
    assertThat(password.orElseThrow().kind()).isEqualTo(Kind.DENIED);
    assertThat(password.orElseThrow().sentence()).contains("NOPASSWD: supervisorctl stop es");

    var missing = PLAIN.startComplaint("es", new Answer(127, "", "sh: supervisorctl: not found"));
    assertThat(missing.orElseThrow().sentence()).contains("cannot be run there");
  }

  @Test
  void shouldTellDoneFromNotDone() {
    assertThat(PLAIN.stopComplaint("es", says("es: stopped\n"))).isEmpty();
    assertThat(PLAIN.stopComplaint("es", says("es: ERROR (not running)\n"))).isEmpty();
    assertThat(PLAIN.startComplaint("g:es", says("g:es: started\n"))).isEmpty();
    assertThat(PLAIN.startComplaint("es", says("es: ERROR (already started)\n"))).isEmpty();

    var spawn = PLAIN.startComplaint("es", new Answer(7, "es: ERROR (spawn error)\n", ""));
    assertThat(spawn.orElseThrow().kind()).isEqualTo(Kind.REFUSED);
    assertThat(spawn.orElseThrow().sentence()).contains("spawn error").contains("tail es stderr");
    // Exit code 0 and not a word proves nothing.
    assertThat(PLAIN.stopComplaint("es", says(""))).isPresent();
    assertThat(PLAIN.stopComplaint("es", says("es2: stopped"))).isPresent();
  }

  @Test
  void shouldReadThePid() {
    assertThat(PLAIN.pid(says("1662\n"))).isEqualTo(Observed.known(1662L));
    assertThat(PLAIN.pid(new Answer(7, "0\n", ""))).isInstanceOf(Observed.Unknown.class);
    assertThat(PLAIN.pid(says("No such process es"))).isInstanceOf(Observed.Unknown.class);
  }
}
