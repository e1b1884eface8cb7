package dev.caretaker.mapping;

import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads single values of a spec and collects every problem that it meets on the way. */
final class SpecReading {
  /** The mark and the exclusions join names by commas, slashes and equals signs. */
  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]+");

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,6})(ms|s|m)");

  private final List<String> problems = new ArrayList<>();

  void problem(String path, String sentence) {
    problems.add(path + ": " + sentence);
  }

  List<String> problems() {
    return problems;
  }

  /** A value by its word; a missing or unknown word is a problem unless there is a default. */
  <T> Optional<T> word(String path, @Nullable String text, Optional<T> byDefault, T[] values) {
    if (text == null && byDefault.isPresent()) {
      return byDefault;
    }
    var words = words(values);
    if (text != null && words.containsKey(text)) {
      return Optional.of(words.get(text));
    }
    problem(path, quoted(text) + " is not one of " + String.join(", ", words.keySet()));
    return Optional.empty();
  }

  /** {@code TAKE_OVER} is written {@code TakeOver}. */
  private static <T> SortedMap<String, T> words(T[] values) {
    var words = new TreeMap<String, T>();
    for (var value : values) {
      var word = new StringBuilder();
      for (var part : value.toString().split("_", -1)) {
        word.append(part.charAt(0)).append(part.substring(1).toLowerCase(java.util.Locale.ROOT));
      }
      words.put(word.toString(), value);
    }
    return words;
  }

  Optional<String> name(String path, @Nullable String text) {
    if (text != null && NAME.matcher(text).matches()) {
      return Optional.of(text);
    }
    problem(path, quoted(text) + " is not a name of letters, digits, dots, dashes, underscores");
    return Optional.empty();
  }

  /** A name that must not stand in the same list twice. */
  Optional<String> newName(String path, @Nullable String text, Set<String> seen) {
    var name = name(path, text);
    if (name.isPresent() && !seen.add(name.orElseThrow())) {
      problem(path, quoted(text) + " is listed twice");
      return Optional.empty();
    }
    return name;
  }

  Optional<Instant> time(String path, @Nullable String text) {
    if (text == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException odd) {
      problem(path, quoted(text) + " is not an RFC 3339 time, such as 2026-11-20T12:00:00Z");
      return Optional.empty();
    }
  }

  Duration duration(String path, @Nullable String text, Duration byDefault) {
    if (text == null) {
      return byDefault;
    }
    var match = DURATION.matcher(text);
    if (!match.matches()) {
      problem(path, quoted(text) + " is not a duration, such as 500ms, 10s or 1m");
      return byDefault;
    }
    long amount = Long.parseLong(match.group(1));
    return switch (match.group(2)) {
      case "ms" -> Duration.ofMillis(amount);
      case "s" -> Duration.ofSeconds(amount);
      default -> Duration.ofMinutes(amount);
    };
  }

  Optional<URI> url(String path, @Nullable String text, Set<String> schemes) {
    try {
      var url = new URI(text == null ? "" : text);
      if (url.getHost() != null && schemes.contains(url.getScheme()) && url.getUserInfo() == null) {
        return Optional.of(url);
      }
    } catch (URISyntaxException odd) {
      problem(path, quoted(text) + " is not a URL: " + odd.getReason());
      return Optional.empty();
    }
    var wanted = String.join(" or ", schemes.stream().sorted().toList());
    problem(path, "needs a URL with " + wanted + ", a host, and no user or password in it");
    return Optional.empty();
  }

  int number(String path, @Nullable Integer value, int byDefault, int atLeast) {
    if (value == null) {
      return byDefault;
    }
    if (value < atLeast || value > 100) {
      problem(path, value + " is not between " + atLeast + " and 100");
    }
    return value;
  }

  static String quoted(@Nullable String text) {
    return text == null ? "nothing" : "\"" + text + "\"";
  }

  static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }

  /** An empty text means the same as none: a field that was emptied by hand. */
  static Optional<String> text(@Nullable String text) {
    return Optional.ofNullable(text).filter(given -> !given.isBlank());
  }
}
