package dev.caretaker.adapter.host.ssh;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.sshd.client.config.hosts.KnownHostEntry;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntryResolver;

/** The host keys that are accepted. There is no first use: a key that is not here is refused. */
final class KnownHosts {
  private static final String REVOKED = "revoked";

  private record Known(KnownHostEntry entry, PublicKey key) {
    boolean is(Target target) {
      return entry.isHostMatch(target.address(), target.port());
    }

    boolean revoked() {
      return REVOKED.equals(entry.getMarker());
    }
  }

  private final List<Known> all;

  private KnownHosts(List<Known> all) {
    this.all = List.copyOf(all);
  }

  /**
   * Reads lines as in OpenSSH's known_hosts, hashed names and {@code [host]:port} included.
   *
   * @throws IllegalArgumentException naming the first line that cannot be used
   */
  static KnownHosts parse(String text) {
    var all = new ArrayList<Known>();
    int number = 0;
    for (var line : text.lines().toList()) {
      number++;
      if (!line.isBlank() && !line.strip().startsWith("#")) {
        all.add(parse(line.strip(), number));
      }
    }
    if (all.isEmpty()) {
      throw new IllegalArgumentException("known_hosts has no line with a host key");
    }
    return new KnownHosts(all);
  }

  private static Known parse(String line, int number) {
    try {
      var entries = KnownHostEntry.readKnownHostEntries(new BufferedReader(new StringReader(line)));
      var entry = entries.get(0);
      if (entry.getMarker() != null && !REVOKED.equals(entry.getMarker())) {
        throw new IllegalArgumentException(
            "known_hosts, line " + number + ": @" + entry.getMarker() + " is not supported");
      }
      var key = entry.getKeyEntry().resolvePublicKey(null, PublicKeyEntryResolver.FAILING);
      return new Known(entry, key);
    } catch (IOException | GeneralSecurityException | IndexOutOfBoundsException odd) {
      throw new IllegalArgumentException(
          "known_hosts, line " + number + " is not a host name, a key type and a key", odd);
    }
  }

  /** The types of the keys that are known of it; empty where it is not known. */
  List<String> keyTypes(Target target) {
    return all.stream()
        .filter(known -> known.is(target) && !known.revoked())
        .map(known -> KeyUtils.getKeyType(known.key()))
        .distinct()
        .toList();
  }

  /** What is wrong with the key that a machine shows; empty where it is a known one. */
  Optional<String> problem(Target target, PublicKey shown) {
    var here = all.stream().filter(known -> known.is(target)).toList();
    var same = here.stream().filter(known -> KeyUtils.compareKeys(known.key(), shown)).toList();
    if (same.stream().anyMatch(Known::revoked)) {
      return Optional.of(
          target + " shows the host key " + print(shown) + ", which known_hosts has @revoked");
    }
    if (!same.isEmpty()) {
      return Optional.empty();
    }
    var valid = here.stream().filter(known -> !known.revoked()).toList();
    var check =
        "; compare with ssh-keygen -lf on the machine's own console (/etc/ssh/ssh_host_*.pub)";
    return Optional.of(
        valid.isEmpty()
            ? "the host key of "
                + target
                + " is not known: it shows "
                + print(shown)
                + check
                + " and add its line to known_hosts"
            : target
                + " shows another host key than known_hosts has: "
                + print(shown)
                + " instead of "
                + valid.stream().map(each -> print(each.key())).collect(Collectors.joining(", "))
                + ". Either the machine was made anew or somebody stands in between"
                + check
                + " before you replace its line in known_hosts");
  }

  private static String print(PublicKey key) {
    return KeyUtils.getKeyType(key) + " " + KeyUtils.getFingerPrint(key);
  }
}
