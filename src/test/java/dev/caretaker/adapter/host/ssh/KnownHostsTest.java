package dev.caretaker.adapter.host.ssh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.util.Optional;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.junit.jupiter.api.Test;

class KnownHostsTest {
  private static final Target HOST = new Target("es", "172.31.0.39", 22, Optional.empty());
  private static final Target PORT = new Target("es", "172.31.0.39", 2222, Optional.empty());
  private static final KeyPair ONE = key();
  private static final KeyPair OTHER = key();

  private static KeyPair key() {
    try {
      var generator = KeyPairGenerator.getInstance("EC");
      generator.initialize(256);
      return generator.generateKeyPair();
    } catch (NoSuchAlgorithmException everyJdkHasIt) {
      throw new IllegalStateException(everyJdkHasIt);
    }
  }

  private static String line(String names, KeyPair key) {
    return names + " " + PublicKeyEntry.toString(key.getPublic()) + " a comment\n";
  }

  private static String problem(String text, Target target, KeyPair shown) {
    return KnownHosts.parse(text).problem(target, shown.getPublic()).orElse("");
  }

  @Test
  void shouldAcceptTheKeyOfTheMachineAndPort() {
    var text = "# ours\n\n" + line("backup1,172.31.0.39", ONE) + line("[172.31.0.39]:2222", OTHER);

    assertThat(problem(text, HOST, ONE)).isEmpty();
    assertThat(problem(text, PORT, OTHER)).isEmpty();
    assertThat(KnownHosts.parse(text).keyTypes(HOST)).containsExactly("ecdsa-sha2-nistp256");
  }

  @Test
  void shouldNameAnUnknownMachineAndWhatToDo() {
    assertThat(problem(line("172.31.0.40", ONE), HOST, ONE))
        .contains("es@172.31.0.39 is not known", "SHA256:", "ssh-keygen -lf", "known_hosts");
    // What is said of one port says nothing of another.
    assertThat(problem(line("172.31.0.39", ONE), PORT, ONE)).contains("is not known");
  }

  @Test
  void shouldNameBothKeysWhereOneHasChanged() {
    assertThat(problem(line("172.31.0.39", ONE), HOST, OTHER))
        .contains("another host key", "instead of", "made anew or somebody stands in between");
  }

  @Test
  void shouldRefuseARevokedKeyWhateverElseIsSaidOfIt() {
    var text = line("172.31.0.39", ONE) + line("@revoked *", ONE);

    assertThat(problem(text, HOST, ONE)).contains("@revoked");
  }

  @Test
  void shouldNameTheLineThatCannotBeUsed() {
    assertThatThrownBy(() -> KnownHosts.parse(line("a", ONE) + "b ssh-ed25519 not-a-key"))
        .hasMessageContaining("line 2");
    assertThatThrownBy(() -> KnownHosts.parse("@cert-authority " + line("*", ONE)))
        .hasMessageContaining("not supported");
    assertThatThrownBy(() -> KnownHosts.parse("# nothing\n")).hasMessageContaining("no line");
  }
}
