package dev.caretaker.mapping;

import dev.caretaker.api.EtlFreshnessSpec;
import dev.caretaker.api.EtlShapes;
import dev.caretaker.api.EtlTableSpec;
import dev.caretaker.api.EtlVerifySpec;
import dev.caretaker.mapping.PipelineCare.ConfigKey;
import dev.caretaker.mapping.Problem.Rule;
import dev.caretaker.mapping.SpecReading.Shape;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.policy.Freshness;
import dev.caretaker.pipeline.policy.Trial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Reads {@code spec.tables} and what speaks of them; the CRD has the same rules. */
final class PipelineTablesParser {
  private static final String TABLES = "spec.tables";
  private static final String DEFAULT_KEY = "mapping.json";
  private static final String DEFAULT_FIELD = "@timestamp";
  private static final Duration TRIAL_WITHIN = Duration.ofMinutes(10);

  private final SpecReading reading;
  private final List<Table> tables = new ArrayList<>();
  private final SortedMap<TableName, ConfigKey> mappings = new TreeMap<>();
  private final Set<String> clusters = new TreeSet<>();
  private final Set<String> aliases = new HashSet<>();

  PipelineTablesParser(SpecReading reading) {
    this.reading = reading;
  }

  /** Reads the tables; the other methods answer for what was read. */
  void read(@Nullable List<EtlTableSpec> given) {
    int index = 0;
    for (var each : reading.entries(TABLES, given, 0, EtlShapes.MOST_TABLES)) {
      table(TABLES + "[" + index++ + "]", each);
    }
    if (clusters.size() > 1) {
      reading.problem(
          TABLES,
          Rule.TOGETHER,
          "are in " + clusters + ", not in one EsCluster: use another EtlPipeline for the others");
    }
  }

  List<Table> tables() {
    return tables;
  }

  SortedMap<TableName, ConfigKey> mappings() {
    return mappings;
  }

  /** The EsCluster that holds them. */
  Optional<String> cluster() {
    return clusters.stream().findFirst();
  }

  private void table(String path, EtlTableSpec spec) {
    var alias = reading.shapedOnce(path + ".alias", spec.alias(), Shape.ALIAS, aliases);
    var rollover = required(path + ".rollover", spec.rollover());
    var keep = reading.lasts(path + ".keep", spec.keep(), Shape.KEEP);
    if (rollover.isPresent() && keep.isPresent() && keep.get().compareTo(rollover.get()) < 0) {
      reading.problem(
          path + ".keep",
          Rule.TOGETHER,
          "is shorter than rollover, "
              + spec.rollover()
              + ": an index goes with all that it holds");
    }
    int shards = reading.number(path + ".shards", spec.shards(), 1, 1, 1024);
    int replicas = reading.number(path + ".replicas", spec.replicas(), 1, 0, 20);
    var mapping = mapping(path + ".mapping.configMap", spec.mapping());
    var snapshot = snapshot(path + ".snapshot.repository", spec.snapshot());
    var cluster = spec.esCluster() == null ? null : spec.esCluster().name();
    reading.shaped(path + ".esCluster.name", cluster, Shape.RESOURCE).ifPresent(clusters::add);
    if (alias.isEmpty() || rollover.isEmpty() || mapping.isEmpty()) {
      return;
    }
    var name = new TableName(alias.get());
    tables.add(new Table(name, rollover.get(), keep, shards, replicas, "", snapshot));
    mappings.put(name, mapping.get());
  }

  private Optional<ConfigKey> mapping(String path, EtlTableSpec.@Nullable Mapping mapping) {
    var map = mapping == null ? null : mapping.configMap();
    var name = reading.shaped(path + ".name", map == null ? null : map.name(), Shape.RESOURCE);
    var key = reading.shapedOrNone(path + ".key", map == null ? null : map.key(), Shape.KEY);
    return name.map(each -> new ConfigKey(each, key.orElse(DEFAULT_KEY)));
  }

  private Optional<String> snapshot(String path, EtlTableSpec.@Nullable Snapshot snapshot) {
    return snapshot == null
        ? Optional.empty()
        : reading.shaped(path, snapshot.repository(), Shape.REPOSITORY);
  }

  private Optional<Duration> required(String path, @Nullable String text) {
    if (text == null) {
      reading.problem(path, Rule.TYPE, "is missing; say how much time one index holds");
    }
    return reading.lasts(path, text, Shape.FLEET_LASTS);
  }

  Optional<Trial> trial(@Nullable EtlVerifySpec spec) {
    if (spec == null) {
      return Optional.empty();
    }
    var command = reading.shaped("spec.verify.command", spec.command(), Shape.COMMAND);
    var within =
        reading.lasts("spec.verify.within", spec.within(), Shape.FLEET_LASTS).orElse(TRIAL_WITHIN);
    var names = new ArrayList<TableName>();
    var seen = new HashSet<String>();
    int index = 0;
    var path = "spec.verify.tables";
    for (var each : reading.entries(path, spec.tables(), 0, EtlShapes.MOST_TABLES)) {
      var at = path + "[" + index++ + "]";
      reading
          .shapedOnce(at, each, Shape.ALIAS, seen)
          .flatMap(alias -> known(at, alias))
          .ifPresent(names::add);
    }
    var again = reading.time("spec.verify.restartedAt", spec.restartedAt());
    return command.map(each -> new Trial(each, names, within, again));
  }

  Optional<Freshness> freshness(@Nullable EtlFreshnessSpec spec) {
    if (spec == null) {
      return Optional.empty();
    }
    var path = "spec.freshness";
    var alias =
        reading
            .shaped(path + ".alias", spec.alias(), Shape.ALIAS)
            .flatMap(each -> known(path + ".alias", each));
    if (spec.within() == null) {
      reading.problem(path + ".within", Rule.TYPE, "is missing");
    }
    var within = reading.lasts(path + ".within", spec.within(), Shape.FLEET_LASTS);
    var field = reading.shapedOrNone(path + ".field", spec.field(), Shape.FIELD);
    return alias.flatMap(
        table -> within.map(old -> new Freshness(table, field.orElse(DEFAULT_FIELD), old)));
  }

  private Optional<TableName> known(String path, String alias) {
    if (!aliases.contains(alias)) {
      reading.problem(path, Rule.TOGETHER, SpecReading.quoted(alias) + " is not in spec.tables");
      return Optional.empty();
    }
    return Optional.of(new TableName(alias));
  }
}
