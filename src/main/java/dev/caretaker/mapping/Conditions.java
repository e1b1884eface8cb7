package dev.caretaker.mapping;

import dev.caretaker.api.StatusCondition;
import dev.caretaker.kernel.Condition;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Conditions as Kubernetes wants them: rebuilt each time, their transition times kept. */
final class Conditions {

  private Conditions() {}

  /** What the shell itself knows: whether the spec is usable. */
  static Condition specValid(SpecInForce<?> spec) {
    if (spec.valid()) {
      return Condition.yes("SpecValid", "Valid", "The spec has no problems.");
    }
    var inForce = spec.care().isPresent() ? " The last good spec stays in force." : "";
    var all = Bounded.text(String.join("; ", spec.problems()), 3900);
    return Condition.no("SpecValid", "Problems", all + "." + inForce);
  }

  /** The wanted conditions, one a type; where a type comes twice, the first one counts. */
  static List<StatusCondition> merge(
      @Nullable List<StatusCondition> previous,
      List<Condition> wanted,
      long generation,
      Instant now) {
    var merged = new LinkedHashMap<String, StatusCondition>();
    for (var each : wanted) {
      merged.computeIfAbsent(each.type(), type -> write(each, previous, generation, now));
    }
    return List.copyOf(merged.values());
  }

  /** The previous ones, but for one, which comes last. */
  static List<StatusCondition> with(
      @Nullable List<StatusCondition> previous, Condition other, long generation, Instant now) {
    var all = new ArrayList<StatusCondition>();
    SpecReading.orEmpty(previous).stream()
        .filter(each -> !other.type().equals(each.type()))
        .forEach(all::add);
    all.add(write(other, previous, generation, now));
    return all;
  }

  private static StatusCondition write(
      Condition wanted, @Nullable List<StatusCondition> previous, long generation, Instant now) {
    var truth = word(wanted.truth());
    var since =
        find(previous, wanted.type())
            .filter(before -> truth.equals(before.status()))
            .flatMap(before -> Optional.ofNullable(before.lastTransitionTime()))
            .orElseGet(() -> now.truncatedTo(ChronoUnit.SECONDS).toString());
    return new StatusCondition(
        wanted.type(),
        truth,
        generation,
        since,
        Bounded.text(wanted.reason().code(), 200),
        Bounded.text(wanted.reason().sentence(), 4000));
  }

  private static Optional<StatusCondition> find(
      @Nullable List<StatusCondition> conditions, String type) {
    return SpecReading.orEmpty(conditions).stream()
        .filter(each -> Objects.equals(type, each.type()))
        .findFirst();
  }

  private static String word(Condition.Truth truth) {
    return truth.name().charAt(0) + truth.name().substring(1).toLowerCase(Locale.ROOT);
  }
}
