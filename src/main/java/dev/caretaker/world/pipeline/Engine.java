package dev.caretaker.world.pipeline;

import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The cluster of the tables: indices, aliases, templates, snapshots; and how it feels. */
public final class Engine {
  /** Mapping of an index that the engine made by itself, from what was written first. */
  public static final String GUESSED = "guessed";

  private final SortedMap<String, SimIndex> indices = new TreeMap<>();
  private final Map<TableName, String> templates = new HashMap<>();
  private long made;

  /** Whether it answers queries and takes what is written. */
  public boolean serving = true;

  /** Whether it is slow for reasons of its own. */
  public boolean recovering;

  /** Why workers must not work. */
  public Optional<String> holding = Optional.empty();

  /** What a template is known by; a table that is declared otherwise has another one. */
  public static String fingerprint(Table table) {
    return table.shards() + "/" + table.replicas() + "/" + table.mapping();
  }

  public Collection<SimIndex> indices() {
    return indices.values();
  }

  public Optional<SimIndex> index(String name) {
    return Optional.ofNullable(indices.get(name));
  }

  public Optional<String> template(TableName alias) {
    return Optional.ofNullable(templates.get(alias));
  }

  public void template(Table table) {
    templates.put(table.alias(), fingerprint(table));
  }

  public void dropTemplate(TableName alias) {
    templates.remove(alias);
  }

  public List<SimIndex> carrying(TableName alias) {
    return indices.values().stream().filter(each -> each.carries(alias)).toList();
  }

  public Optional<SimIndex> written(TableName alias) {
    return indices.values().stream()
        .filter(each -> each.carries(alias) && each.isWritten())
        .findFirst();
  }

  /** An index of this name; it gets the template of this alias, or a guess. */
  public SimIndex create(TableName alias, String name, Instant now) {
    var there = indices.get(name);
    if (there != null) {
      return there;
    }
    made++;
    var index = new SimIndex(name, "uuid-" + made, templates.getOrDefault(alias, GUESSED), now);
    indices.put(name, index);
    return index;
  }

  public void remove(String name) {
    indices.remove(name);
  }

  /** Stores a document where the alias writes; empty: there was none, and an index was made. */
  boolean store(TableName alias, String document, Instant now) {
    var written = written(alias);
    var index = written.orElseGet(() -> create(new TableName(""), alias.value(), now));
    index.store(document, now);
    return written.isPresent();
  }

  /** A snapshot of everything. */
  public void snapshot(Instant now) {
    indices.values().forEach(each -> each.snapshot(now));
  }
}
