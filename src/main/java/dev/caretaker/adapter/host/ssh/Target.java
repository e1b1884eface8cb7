package dev.caretaker.adapter.host.ssh;

import java.util.Optional;

/**
 * A machine behind an sshd.
 *
 * @param via the machine through which it is reached, where it is not reached directly
 */
public record Target(String user, String address, int port, Optional<Target> via) {

  /** As people write it. */
  @Override
  public String toString() {
    var bare = user + "@" + address + (port == 22 ? "" : " port " + port);
    return via.map(jump -> bare + " through " + jump).orElse(bare);
  }
}
