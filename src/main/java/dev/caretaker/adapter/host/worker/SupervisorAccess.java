package dev.caretaker.adapter.host.worker;

import java.util.Optional;

/**
 * How supervisord is talked to on every machine.
 *
 * @param sudo whether its socket belongs to root
 * @param configuration the file for {@code supervisorctl -c}; its own places where empty
 */
public record SupervisorAccess(boolean sudo, Optional<String> configuration) {
  public static final SupervisorAccess DEFAULT = new SupervisorAccess(false, Optional.empty());
}
