package dev.caretaker.operator;

import dev.caretaker.mapping.EsAccess;

/** Opens the ways to a cluster; connects to nothing yet. */
public interface Connector {

  /**
   * Opens them. What cannot be opened, for want of a Secret for one, answers Unknown with that
   * cause.
   */
  Ports open(EsAccess access, String zoneAttribute, Secrets secrets);
}
