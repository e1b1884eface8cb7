package dev.caretaker.adapter.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class RemoteCommandTest {

  @Test
  void shouldLeavePlainWordsAsTheyAre() {
    assertThat(RemoteCommand.of("df", "-P", "-B1", "/data1/es_6").line())
        .isEqualTo("df -P -B1 /data1/es_6");
    assertThat(RemoteCommand.of("supervisorctl", "status", "es:es-1").withSudo().line())
        .isEqualTo("sudo -n supervisorctl status es:es-1");
  }

  @Test
  void shouldQuoteWhatAShellWouldRead() {
    assertThat(RemoteCommand.of("a b", "$(id)", "x;y", "it's", "").line())
        .isEqualTo("'a b' '$(id)' 'x;y' 'it'\\''s' ''");
  }

  @Test
  void neverSendsAControlCharacter() {
    assertThatThrownBy(() -> RemoteCommand.of("echo", "a\nb"))
        .isInstanceOf(IllegalArgumentException.class);
  }

  /** The shell that is there takes every word as it was meant. */
  @Property(tries = 40)
  void everyShellWordArrivesUnchanged(@ForAll("words") List<String> words) throws Exception {
    var all = new ArrayList<>(List.of("printf", "%s\\0"));
    all.addAll(words);

    var shell =
        new ProcessBuilder("sh", "-c", new RemoteCommand(all).line())
            .redirectErrorStream(true)
            .start();
    var said = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(shell.waitFor()).isZero();
    assertThat(said).isEqualTo(String.join("\0", words) + "\0");
  }

  @Provide
  Arbitrary<List<String>> words() {
    return Arbitraries.strings()
        .withChars("ab-=~!#$%&*()[]{}<>|;:'\"\\`?/ .@^")
        .ofMaxLength(12)
        .list()
        .ofMinSize(1)
        .ofMaxSize(4);
  }

  @Test
  void shouldAskSudoWithoutRunningAnything() {
    assertThat(RemoteCommand.of("supervisorctl", "stop", "es").withSudo().listed().line())
        .isEqualTo("sudo -n -l supervisorctl stop es");
  }
}
