package dev.caretaker.doctor;

import dev.caretaker.mapping.EsAccess;
import dev.caretaker.mapping.HostAccess;
import dev.caretaker.operator.Secrets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Whether the Secrets that a spec names are there, with the keys that are read from them. */
final class SecretFindings {
  private static final String CHECK = "secret";
  private static final List<Set<String>> CREDENTIALS =
      List.of(Set.of("apiKey"), Set.of("token"), Set.of("username", "password"));

  private SecretFindings() {}

  /** A line for each Secret. */
  static List<Finding> of(EsAccess access, String namespace, Secrets secrets) {
    var wants = new TreeMap<String, List<Want>>();
    access.credentialsSecret().ifPresent(name -> want(wants, name, new Want(CREDENTIALS)));
    access.caSecret().ifPresent(name -> want(wants, name, Want.of("ca.crt")));
    if (access.hosts().orElse(null) instanceof HostAccess.Ssh ssh) {
      want(wants, ssh.keySecret(), Want.of("ssh-privatekey"));
      ssh.knownHostsSecret().ifPresent(name -> want(wants, name, Want.of("known_hosts")));
    }
    var findings = new ArrayList<Finding>();
    wants.forEach((name, wanted) -> findings.add(finding(name, wanted, namespace, secrets)));
    return findings;
  }

  /**
   * The keys that a reader needs of a Secret.
   *
   * @param either one of these sets is enough
   */
  private record Want(List<Set<String>> either) {
    static Want of(String key) {
      return new Want(List.of(Set.of(key)));
    }

    Optional<Set<String>> metBy(Set<String> keys) {
      return either.stream().filter(keys::containsAll).findFirst();
    }

    String text() {
      return String.join(
          ", or ", either.stream().map(keys -> String.join(" and ", new TreeSet<>(keys))).toList());
    }
  }

  private static void want(Map<String, List<Want>> wants, String name, Want want) {
    wants.computeIfAbsent(name, each -> new ArrayList<>()).add(want);
  }

  private static Finding finding(
      String name, List<Want> wanted, String namespace, Secrets secrets) {
    if (secrets.missing().contains(name)) {
      return Finding.failed(
          CHECK,
          name,
          "it is not in namespace " + namespace + ", or you may not read it",
          "kubectl -n %s get secret %s tells which; create it with %s"
              .formatted(namespace, name, text(wanted)));
    }
    var keys = secrets.byName().getOrDefault(name, Map.of()).keySet();
    var unmet = wanted.stream().filter(want -> want.metBy(keys).isEmpty()).toList();
    if (!unmet.isEmpty()) {
      return Finding.failed(
          CHECK,
          name,
          "it has the keys " + new TreeSet<>(keys) + ", and no " + text(unmet),
          "add the key; docs/escluster.md lists them");
    }
    var used = new TreeSet<String>();
    wanted.forEach(want -> want.metBy(keys).ifPresent(used::addAll));
    return Finding.ok(CHECK, name, "has " + String.join(", ", used));
  }

  private static String text(List<Want> wanted) {
    return String.join("; ", wanted.stream().map(Want::text).toList());
  }
}
