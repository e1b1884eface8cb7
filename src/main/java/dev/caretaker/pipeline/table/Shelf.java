package dev.caretaker.pipeline.table;

import dev.caretaker.pipeline.model.IndexView;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableView;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The indices of one table at one moment.
 *
 * @param template fingerprint that its template shall have; empty: nobody told
 */
public record Shelf(Table table, TableView view, Optional<String> template, Instant now) {
  /** A new index of many shards takes its minutes on a busy cluster. */
  private static final Duration AHEAD = Duration.ofHours(1);

  /** How long before its period an index is made. */
  public static Duration ahead(Table table) {
    var tenth = table.rollover().dividedBy(10);
    return tenth.compareTo(AHEAD) < 0 ? tenth : AHEAD;
  }

  /** Whether new indices get the mapping and the settings that were asked for. */
  public boolean hasTemplate() {
    return template.isPresent() && view.template().equals(template);
  }

  /** Whether programs can write. */
  public boolean isEstablished() {
    return view.written().isPresent();
  }

  /**
   * The index that shall be written to. Writing moves forward only: neither a clock that was set
   * back nor a longer period takes it to an earlier index, and after an outage it comes to the
   * present period, whatever was left out.
   */
  public IndexName wanted() {
    var current = IndexName.at(table, now);
    return written().filter(name -> name.compareTo(current) >= 0).orElse(current);
  }

  /** The name of the index that is written to, where it has one of ours. */
  public Optional<IndexName> written() {
    return view.written().flatMap(this::name);
  }

  /** Where the alias writes, whatever it is called. */
  public Optional<String> writtenName() {
    return view.written().map(IndexView::name);
  }

  public boolean writesTo(IndexName name) {
    return writtenName().filter(name.toString()::equals).isPresent();
  }

  /** Whether there is an index of this name, with the alias or without. */
  public boolean has(String name) {
    return view.lookAlikes().contains(name) || find(name).isPresent();
  }

  /** The index of this name that carries the alias. */
  public Optional<IndexView> find(String name) {
    return view.indices().stream().filter(each -> each.name().equals(name)).findFirst();
  }

  /** The index that will be needed soon, once that is near. */
  public Optional<IndexName> soon() {
    var next = IndexName.at(table, now).after(table.rollover());
    return now.isBefore(next.begin().minus(ahead(table))) ? Optional.empty() : Optional.of(next);
  }

  /**
   * Indices that somebody else made under such a name. Before the template was in force all are;
   * afterwards those that nobody could have made for a period.
   */
  public List<String> strangers() {
    return view.lookAlikes().stream()
        .filter(each -> !hasTemplate() || IndexName.read(table.alias(), each).isEmpty())
        .toList();
  }

  /** Indices of earlier periods that were made and never written to. */
  public List<String> leftOver() {
    var current = IndexName.at(table, now);
    return view.lookAlikes().stream()
        .filter(
            each ->
                IndexName.read(table.alias(), each)
                    .filter(name -> name.compareTo(current) < 0)
                    .isPresent())
        .toList();
  }

  /**
   * When the last document can have come into it; empty for one whose name says no period, and
   * where no later one is there.
   */
  public Optional<Instant> periodEnd(IndexView index) {
    return name(index).flatMap(name -> later(name).map(next -> laterOf(name, next.begin())));
  }

  /** The next one may have begun late, after an outage, or its period may have been shorter. */
  private Instant laterOf(IndexName name, Instant next) {
    var end = name.begin().plus(table.rollover());
    return end.isAfter(next) ? end : next;
  }

  private Optional<IndexName> later(IndexName than) {
    return names().stream().filter(each -> each.compareTo(than) > 0).findFirst();
  }

  /** Of the indices that carry the alias, in their order. */
  private List<IndexName> names() {
    var names = new ArrayList<IndexName>();
    view.indices().forEach(each -> name(each).ifPresent(names::add));
    names.sort(null);
    return names;
  }

  private Optional<IndexName> name(IndexView index) {
    return IndexName.read(table.alias(), index.name());
  }

  /** Indices whose whole period is older than what is kept, oldest first. */
  public List<IndexView> expired() {
    if (table.keep().isEmpty()) {
      return List.of();
    }
    var oldest = now.minus(table.keep().get());
    var found = new ArrayList<IndexView>();
    for (var name : names()) {
      find(name.toString())
          .filter(each -> !each.written())
          .filter(each -> periodEnd(each).filter(oldest::isAfter).isPresent())
          .ifPresent(found::add);
    }
    return found;
  }
}
