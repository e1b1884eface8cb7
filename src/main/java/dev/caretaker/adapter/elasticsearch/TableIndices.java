package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.pipeline.model.TableName;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Every index that has to do with a table, as the elected master knows them: those that carry its
 * alias, whatever their names, and those whose names begin with it.
 */
record TableIndices(TableName alias, List<Standing> all) {
  private static final ObjectMapper JSON = new ObjectMapper();

  /** How a table's indices are named; {@code coverage_summary2026...} is another table's. */
  private static final Pattern PERIOD = Pattern.compile("[-_.]?\\d.*");

  /**
   * One index.
   *
   * @param shards primaries that it has
   * @param writes by alias that it carries: whether that writes to it, where it says so
   */
  record Standing(
      String name,
      String uuid,
      Instant createdAt,
      int shards,
      TreeMap<String, Optional<Boolean>> writes) {
    boolean carries(TableName alias) {
      return writes.containsKey(alias.value());
    }
  }

  /** Asks for them. */
  static Call ask(TableName alias, TemplateApi api, Duration within) {
    var name = Call.segment(alias.value());
    return Call.get(
        "/"
            + name
            + ","
            + name
            + "*?"
            + api.typeFlag()
            + "expand_wildcards=all&ignore_unavailable=true&allow_no_indices=true"
            + "&filter_path=*.aliases,*.settings.index.uuid,*.settings.index.creation_date,"
            + "*.settings.index.number_of_shards",
        within);
  }

  static TableIndices parse(TableName alias, InputStream body) throws IOException {
    var all = new ArrayList<Standing>();
    for (var index : JSON.readTree(body).properties()) {
      all.add(standing(index.getKey(), index.getValue()));
    }
    return new TableIndices(alias, List.copyOf(all));
  }

  private static Standing standing(String name, JsonNode index) throws IOException {
    var settings = index.path("settings").path("index");
    var createdAt = settings.path("creation_date").asText();
    if (settings.path("uuid").asText().isEmpty() || !createdAt.matches("\\d{1,15}")) {
      throw new IOException("no uuid or no creation date of the index " + name);
    }
    var writes = new TreeMap<String, Optional<Boolean>>();
    for (var alias : index.path("aliases").properties()) {
      var flag = alias.getValue().path("is_write_index");
      writes.put(
          alias.getKey(), Optional.of(flag).filter(JsonNode::isBoolean).map(JsonNode::asBoolean));
    }
    return new Standing(
        name,
        settings.path("uuid").asText(),
        Instant.ofEpochMilli(Long.parseLong(createdAt)),
        settings.path("number_of_shards").asInt(),
        writes);
  }

  /** Those that carry the alias. */
  List<Standing> members() {
    return all.stream().filter(index -> index.carries(alias)).toList();
  }

  Optional<Standing> named(String name) {
    return all.stream().filter(index -> index.name().equals(name)).findFirst();
  }

  /** Where the alias writes; without a word about it, it writes to the only index it has. */
  Optional<Standing> written() {
    var members = members();
    boolean alone = members.size() == 1;
    return members.stream()
        .filter(index -> index.writes().getOrDefault(alias.value(), Optional.empty()).orElse(alone))
        .findFirst();
  }

  /** What was made too early or under a wrong name, and what keeps the alias from being made. */
  TreeSet<String> lookAlikes() {
    var names = new TreeSet<String>();
    for (var index : all) {
      if (!index.carries(alias) && (index.name().equals(alias.value()) || looksAlike(index))) {
        names.add(index.name());
      }
    }
    return names;
  }

  /** The indices of a table {@code coverage2} are not those of {@code coverage}. */
  private boolean looksAlike(Standing index) {
    var name = index.name();
    boolean anothers =
        index.writes().keySet().stream()
            .anyMatch(other -> other.length() > alias.value().length() && name.startsWith(other));
    return !anothers
        && name.startsWith(alias.value())
        && PERIOD.matcher(name.substring(alias.value().length())).matches();
  }
}
