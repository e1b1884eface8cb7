package dev.caretaker.sandbox.watch;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Looks for tests. */
final class Looks {

  static final Instant BEGIN = Instant.parse("2026-11-21T12:00:00Z");
  static final Copy.Shard SHARD = new Copy.Shard("logs", 0);

  private Looks() {}

  /** A look so many milliseconds after the first. */
  static Look after(long millis, Copy... copies) {
    return new Look(
        BEGIN.plusMillis(millis),
        new TreeMap<>(),
        List.of(copies),
        new TreeMap<>(),
        new TreeMap<>());
  }

  static Look with(Map<String, String> persistent, Map<String, String> transientScope) {
    return new Look(
        BEGIN,
        new TreeMap<>(),
        List.of(),
        new TreeMap<>(persistent),
        new TreeMap<>(transientScope));
  }

  static Copy primary(String state, String node) {
    return copy(true, state, node);
  }

  static Copy replica(String state, String node) {
    return copy(false, state, node);
  }

  private static Copy copy(boolean primary, String state, String node) {
    var on = node.isEmpty() ? Optional.<String>empty() : Optional.of(node);
    return new Copy(SHARD, primary, state, on, Optional.empty());
  }
}
