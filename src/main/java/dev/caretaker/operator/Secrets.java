package dev.caretaker.operator;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The Secrets a resource refers to, by name, decoded; kept in memory so that a deletion of the
 * whole namespace can still be undone outside.
 */
public record Secrets(Map<String, Map<String, String>> byName, SortedSet<String> missing) {
  public static final Secrets NONE = new Secrets(Map.of(), new TreeSet<>());

  public Secrets {
    byName = Map.copyOf(byName);
    missing = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(missing));
  }

  /** The value of a key of a Secret. */
  public Optional<String> value(String secret, String key) {
    return Optional.ofNullable(byName.getOrDefault(secret, Map.of()).get(key));
  }

  /** What to tell people where some of these could not be read. */
  public Optional<String> missing(Collection<String> wanted) {
    var gone = new TreeSet<>(wanted);
    gone.retainAll(missing);
    return gone.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "no Secret "
                + gone
                + " can be read in the namespace; create it, or let the operator read it");
  }

  /** Names only: values are secret. */
  @Override
  public String toString() {
    return "Secrets" + byName.keySet() + " missing " + missing;
  }
}
