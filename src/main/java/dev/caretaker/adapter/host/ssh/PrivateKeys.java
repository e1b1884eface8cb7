package dev.caretaker.adapter.host.ssh;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import org.apache.sshd.common.NamedResource;
import org.apache.sshd.common.config.keys.FilePasswordProvider;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.util.security.SecurityUtils;

/** Reads private keys; no message of it holds any part of one. */
final class PrivateKeys {

  private PrivateKeys() {}

  /**
   * Reads the one key that the text holds.
   *
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static KeyPair read(SshSettings.Identity identity) {
    var text = identity.privateKey().strip() + "\n";
    var password =
        identity.passphrase().map(FilePasswordProvider::of).orElse(FilePasswordProvider.EMPTY);
    try {
      var pairs =
          SecurityUtils.loadKeyPairIdentities(
              null,
              NamedResource.ofName("the private key"),
              new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)),
              password);
      if (pairs != null && pairs.iterator().hasNext()) {
        return pairs.iterator().next();
      }
    } catch (IOException | GeneralSecurityException | RuntimeException unusable) {
      // Not as a cause: what a parser complains of may be a piece of the key.
      throw new IllegalArgumentException(
          "the private key cannot be read"
              + (text.contains("ENCRYPTED") || identity.passphrase().isPresent()
                  ? ", or its passphrase is wrong"
                  : "; if it has a passphrase, the Secret needs that too")
              + " ("
              + unusable.getClass().getSimpleName()
              + ")");
    }
    throw new IllegalArgumentException(
        "there is no private key in PEM or OpenSSH form where one should be");
  }

  /** The fingerprint that {@code ssh-keygen -lf} shows for it. */
  static String print(KeyPair pair) {
    return KeyUtils.getKeyType(pair) + " " + KeyUtils.getFingerPrint(pair.getPublic());
  }
}
