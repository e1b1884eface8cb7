package dev.caretaker.adapter.elasticsearch;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/** What became of the question which privileges the credentials have. */
public sealed interface PrivilegeLook {

  /** The engine told. */
  record Told(Set<Privilege> missing) implements PrivilegeLook {
    public Told {
      var copy = EnumSet.noneOf(Privilege.class);
      copy.addAll(missing);
      missing = Collections.unmodifiableSet(copy);
    }
  }

  /** It asks nobody who they are. */
  record Unguarded() implements PrivilegeLook {}

  /** It asks who they are, and does not tell what they may do; or it could not be asked. */
  record NotTold(String cause) implements PrivilegeLook {}
}
