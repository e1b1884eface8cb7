package dev.caretaker.mapping;

import dev.caretaker.api.EtlShapes;
import dev.caretaker.api.FleetShapes;
import dev.caretaker.api.SecretReference;
import dev.caretaker.api.Shapes;
import dev.caretaker.mapping.Problem.Rule;
import java.net.URI;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Reads single values of a spec and collects every problem that it meets on the way. */
final class SpecReading {
  private static final Duration LONGEST = Duration.ofMinutes(5);

  /** What a text must look like. */
  enum Shape {
    NAME(Shapes.NAME, Shapes.LONGEST_NAME, Shapes.NAME_IS),
    ZONE(Shapes.NAME, Shapes.LONGEST_ZONE, Shapes.NAME_IS),
    ATTRIBUTE(Shapes.ATTRIBUTE, Shapes.LONGEST_ZONE, Shapes.ATTRIBUTE_IS),
    SECRET(Shapes.SECRET, Shapes.LONGEST_SECRET, Shapes.SECRET_IS),
    ENDPOINT(Shapes.ENDPOINT, Shapes.LONGEST_URL, Shapes.ENDPOINT_IS),
    KEEPER(Shapes.KEEPER, Shapes.LONGEST_URL, Shapes.KEEPER_IS),
    OWNER(Shapes.OWNER, Shapes.LONGEST_OWNER, Shapes.OWNER_IS),
    USER(Shapes.USER, Shapes.LONGEST_USER, Shapes.USER_IS),
    MACHINE(Shapes.MACHINE, Shapes.LONGEST_NAME, Shapes.ADDRESS_IS),
    KNOWN_HOSTS(Shapes.KNOWN_HOSTS, Shapes.LONGEST_KNOWN_HOSTS, Shapes.KNOWN_HOSTS_IS),
    PROGRAM(Shapes.PROGRAM, Shapes.LONGEST_NAME, Shapes.PROGRAM_IS),
    PATH(Shapes.PATH, Shapes.LONGEST_NAME, Shapes.PATH_IS),
    ADDRESS(Shapes.ADDRESS, Shapes.LONGEST_NAME, Shapes.ADDRESS_IS),
    INDEX(Shapes.INDEX, Shapes.LONGEST_NAME, Shapes.INDEX_IS),
    PATTERN(Shapes.PATTERN, Shapes.LONGEST_NAME, Shapes.PATTERN_IS),
    DURATION(Shapes.DURATION, Shapes.LONGEST_DURATION, Shapes.DURATION_IS),
    SCHEDULE(Shapes.SCHEDULE, Shapes.LONGEST_SCHEDULE, Shapes.SCHEDULE_IS),
    LASTS(Shapes.LASTS, Shapes.LONGEST_DURATION, Shapes.LASTS_IS),
    TIME_ZONE(Shapes.TIME_ZONE, Shapes.LONGEST_TIME_ZONE, Shapes.TIME_ZONE_IS),
    PLAN(Shapes.PLAN, Shapes.LONGEST_PLAN, Shapes.PLAN_IS),
    TIME(Shapes.TIME, Shapes.LONGEST_TIME, Shapes.TIME_IS),
    REASON(Shapes.REASON, Shapes.LONGEST_REASON, Shapes.REASON_IS),
    MONEY(FleetShapes.MONEY, 20, FleetShapes.MONEY_IS),
    UTILITY(FleetShapes.UTILITY, 13, FleetShapes.UTILITY_IS),
    PERCENT(FleetShapes.PERCENT, 4, FleetShapes.PERCENT_IS),
    FLEET_LASTS(FleetShapes.LASTS, Shapes.LONGEST_DURATION, FleetShapes.LASTS_IS),
    REGION(FleetShapes.REGION, 30, FleetShapes.REGION_IS),
    SUBNET(FleetShapes.SUBNET, 39, FleetShapes.SUBNET_IS),
    INSTANCE(FleetShapes.INSTANCE, 34, FleetShapes.INSTANCE_IS),
    TEMPLATE(FleetShapes.TEMPLATE, 128, FleetShapes.TEMPLATE_IS),
    VERSION(FleetShapes.VERSION, 9, FleetShapes.VERSION_IS),
    TYPE(FleetShapes.TYPE, 65, FleetShapes.TYPE_IS),
    QUEUE(FleetShapes.QUEUE, 85, FleetShapes.QUEUE_IS),
    RESOURCE(FleetShapes.RESOURCE, Shapes.LONGEST_SECRET, FleetShapes.RESOURCE_IS),
    ETL_QUEUE(EtlShapes.QUEUE, 80, EtlShapes.QUEUE_IS),
    BUCKET(EtlShapes.BUCKET, EtlShapes.LONGEST_BUCKET, EtlShapes.BUCKET_IS),
    ALIAS(EtlShapes.ALIAS, EtlShapes.LONGEST_ALIAS, EtlShapes.ALIAS_IS),
    RETENTION(EtlShapes.RETENTION, Shapes.LONGEST_DURATION, EtlShapes.RETENTION_IS),
    VISIBILITY(EtlShapes.VISIBILITY, Shapes.LONGEST_DURATION, EtlShapes.VISIBILITY_IS),
    KEEP(EtlShapes.KEEP, Shapes.LONGEST_DURATION, EtlShapes.KEEP_IS),
    KEY(EtlShapes.KEY, EtlShapes.LONGEST_KEY, EtlShapes.KEY_IS),
    REPOSITORY(EtlShapes.REPOSITORY, Shapes.LONGEST_NAME, EtlShapes.REPOSITORY_IS),
    ETL_PROGRAM(EtlShapes.PROGRAM, Shapes.LONGEST_NAME, EtlShapes.PROGRAM_IS),
    DIRECTORY(EtlShapes.DIRECTORY, Shapes.LONGEST_NAME, EtlShapes.DIRECTORY_IS),
    SOURCE(EtlShapes.SOURCE, EtlShapes.LONGEST_SOURCE, EtlShapes.SOURCE_IS),
    BRANCH(EtlShapes.BRANCH, EtlShapes.LONGEST_BRANCH, EtlShapes.BRANCH_IS),
    REVISION(EtlShapes.REVISION, EtlShapes.LONGEST_REVISION, EtlShapes.REVISION_IS),
    COMMAND(EtlShapes.COMMAND, EtlShapes.LONGEST_COMMAND, EtlShapes.COMMAND_IS),
    FIELD(EtlShapes.FIELD, Shapes.LONGEST_NAME, EtlShapes.FIELD_IS),
    PREFIX(EtlShapes.PREFIX, EtlShapes.LONGEST_PREFIX, EtlShapes.PREFIX_IS),
    FILES(EtlShapes.FILES, Shapes.LONGEST_NAME, EtlShapes.FILES_IS),
    FORMULA(FleetShapes.RULE, FleetShapes.LONGEST_RULE, FleetShapes.RULE_IS);

    private final Pattern pattern;
    private final int longest;
    private final String sentence;

    Shape(String pattern, int longest, String sentence) {
      this.pattern = Pattern.compile(pattern);
      this.longest = longest;
      this.sentence = sentence;
    }

    /** The API server counts characters, not the pairs that Java keeps rare ones in. */
    private boolean fits(String text) {
      return text.codePointCount(0, text.length()) <= longest && pattern.matcher(text).find();
    }
  }

  private final List<Problem> problems = new ArrayList<>();

  void problem(String path, Rule rule, String sentence) {
    problems.add(new Problem(path, rule, sentence));
  }

  List<Problem> problems() {
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
    problem(path, Rule.WORD, quoted(text) + " is not one of " + String.join(", ", words.keySet()));
    return Optional.empty();
  }

  /** {@code TAKE_OVER} is written {@code TakeOver}. */
  private static <T> SortedMap<String, T> words(T[] values) {
    var words = new TreeMap<String, T>();
    for (var value : values) {
      var word = new StringBuilder();
      for (var part : value.toString().split("_", -1)) {
        word.append(part.charAt(0)).append(part.substring(1).toLowerCase(Locale.ROOT));
      }
      words.put(word.toString(), value);
    }
    return words;
  }

  /** A text that must be there and have a shape. */
  Optional<String> shaped(String path, @Nullable String text, Shape shape) {
    if (text != null && shape.fits(text)) {
      return Optional.of(text);
    }
    // An URL with a password in it must not get into a status.
    var given = text != null && text.contains("@") ? "what is there" : quoted(text);
    problem(path, Rule.SHAPE, given + " is not " + shape.sentence);
    return Optional.empty();
  }

  /** A text that may be absent, or empty where the shape allows it. */
  Optional<String> shapedOrNone(String path, @Nullable String text, Shape shape) {
    return text == null
        ? Optional.empty()
        : shaped(path, text, shape).filter(given -> !given.isBlank());
  }

  /** A text that must not stand in the same list twice. */
  Optional<String> shapedOnce(String path, @Nullable String text, Shape shape, Set<String> seen) {
    var name = shaped(path, text, shape);
    if (name.isPresent() && !seen.add(name.orElseThrow())) {
      problem(path, Rule.TWICE, quoted(text) + " is listed twice");
      return Optional.empty();
    }
    return name;
  }

  /** The name of a Secret beside the resource; the reference may be absent. */
  Optional<String> secret(String path, @Nullable SecretReference reference) {
    return reference == null
        ? Optional.empty()
        : shaped(path + ".name", reference.name(), Shape.SECRET);
  }

  Optional<Instant> time(String path, @Nullable String text) {
    var shaped = shapedOrNone(path, text, Shape.TIME);
    try {
      return shaped.map(given -> OffsetDateTime.parse(given).toInstant());
    } catch (DateTimeException odd) {
      problem(path, Rule.SHAPE, quoted(text) + " is a day that is in no calendar");
      return Optional.empty();
    }
  }

  /** A time that must be there. */
  Optional<Instant> required(String path, @Nullable String text) {
    if (text == null) {
      problem(path, Rule.TYPE, "is missing");
    }
    return time(path, text);
  }

  Duration duration(String path, @Nullable String text, Duration byDefault) {
    var shaped = shapedOrNone(path, text, Shape.DURATION);
    if (shaped.isEmpty()) {
      return byDefault;
    }
    var digits = shaped.orElseThrow().replaceAll("[a-z]+$", "");
    var unit = shaped.orElseThrow().substring(digits.length());
    long amount = Long.parseLong(digits);
    var duration =
        switch (unit) {
          case "ms" -> Duration.ofMillis(amount);
          case "s" -> Duration.ofSeconds(amount);
          default -> Duration.ofMinutes(amount);
        };
    if (duration.compareTo(LONGEST) > 0) {
      problem(path, Rule.SHAPE, quoted(text) + " is not " + Shapes.DURATION_IS);
      return byDefault;
    }
    return duration;
  }

  /** How long something lasts, as a number and its unit; empty where it is absent or wrong. */
  Optional<Duration> lasts(String path, @Nullable String text, Shape shape) {
    return shapedOrNone(path, text, shape).map(SpecReading::duration);
  }

  /** PT15M, PT12H and P7D are what java.time reads. */
  private static Duration duration(String text) {
    var upper = text.toUpperCase(Locale.ROOT);
    return Duration.parse((upper.endsWith("D") ? "P" : "PT") + upper);
  }

  /** A part of a whole, such as 70%, as a number from 0 to 1. */
  OptionalDouble share(String path, @Nullable String text) {
    var shaped = shapedOrNone(path, text, Shape.PERCENT);
    return shaped.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of(Integer.parseInt(shaped.get().replace("%", "")) / 100.0);
  }

  Optional<URI> url(String path, @Nullable String text, Shape shape) {
    return shaped(path, text, shape).map(URI::create);
  }

  int number(String path, @Nullable Integer value, int byDefault, int atLeast, int atMost) {
    if (value == null) {
      return byDefault;
    }
    if (value < atLeast || value > atMost) {
      problem(path, Rule.RANGE, value + " is not between " + atLeast + " and " + atMost);
    }
    return value;
  }

  /** The entries of a list that has a most and, where it is given at all, a least. */
  <T> List<T> entries(String path, @Nullable List<T> list, int atLeast, int atMost) {
    if (list == null) {
      return List.of();
    }
    if (list.size() < atLeast || list.size() > atMost) {
      problem(
          path, Rule.RANGE, "has " + list.size() + " entries, not " + atLeast + " to " + atMost);
    }
    if (list.stream().anyMatch(Objects::isNull)) {
      problem(path, Rule.TYPE, "has an entry that says nothing");
    }
    return list.stream().filter(Objects::nonNull).toList();
  }

  static String quoted(@Nullable String text) {
    return text == null ? "nothing" : "\"" + text + "\"";
  }

  static <T> List<T> orEmpty(@Nullable List<T> list) {
    return list == null ? List.of() : list;
  }
}
