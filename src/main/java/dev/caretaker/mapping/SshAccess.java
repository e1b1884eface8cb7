package dev.caretaker.mapping;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How machines behind sshd are logged in to.
 *
 * @param keySecret name of the Secret with the private key
 * @param knownHosts the host keys, or empty where a Secret has them
 * @param knownHostsSecret name of that Secret; exactly one of the two is there
 * @param jump the machine on the way
 */
public record SshAccess(
    HostAccess.Login login,
    String keySecret,
    Optional<String> knownHosts,
    Optional<String> knownHostsSecret,
    Optional<HostAccess.Jump> jump) {

  /** Names of the Secrets beside the resource that it needs. */
  public List<String> secrets() {
    return Stream.concat(Stream.of(keySecret), knownHostsSecret.stream()).distinct().toList();
  }
}
