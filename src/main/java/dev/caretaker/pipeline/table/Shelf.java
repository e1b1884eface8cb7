package dev.caretaker.pipeline.table;

import dev.caretaker.pipeline.model.IndexView;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableView;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The indices of one table at one moment.
 *
 * @param template fingerprint that its template shall have; empty: nobody told
 */
public record Shelf(Table table, TableView view, Optional<String> template, Instant now) {
  /** A new index of many shards takes its minutes on a busy cluster. */
  private static final Duration AHEAD = Duration.ofHours(1);

  /** As many of a table as will go next are watched; the others are once these are gone. */
  private static final int WATCHED = 300;

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

  /** The index of the present period, whatever an outage left out before it. */
  public IndexName wanted() {
    return IndexName.at(table, now);
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
   * When the last document can have come into it: its next one may have begun late, or have been
   * made late, after an outage. One whose name says no period is as old as it is.
   */
  public Instant periodEnd(IndexView index) {
    var name = name(index);
    var end = name.map(IndexName::begin).orElse(index.createdAt()).plus(table.rollover());
    var next = name.flatMap(this::later);
    var made = next.flatMap(each -> find(each.toString())).map(IndexView::createdAt).orElse(end);
    return latest(end, latest(next.map(IndexName::begin).orElse(end), made));
  }

  private static Instant latest(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  private Optional<IndexName> later(IndexName than) {
    return view.indices().stream()
        .flatMap(each -> name(each).stream())
        .filter(each -> each.compareTo(than) > 0)
        .min(Comparator.naturalOrder());
  }

  private Optional<IndexName> name(IndexView index) {
    return IndexName.read(table.alias(), index.name());
  }

  /** Whether nothing is written to it any more, and all in it is older than what is kept. */
  public boolean isExpired(IndexView index) {
    return !index.written()
        && isEstablished()
        && table.keep().filter(keep -> periodEnd(index).plus(keep).isBefore(now)).isPresent();
  }

  /**
   * Since when nothing is written to the indices that need a snapshot before they go, by uuid: what
   * was known of them, brought up to this look. A program may write to an old one by its name, and
   * a request that was on its way when the alias was switched arrives later.
   */
  public SortedMap<String, Quiet> quiet(Map<String, Quiet> before) {
    var quiet = new TreeMap<String, Quiet>();
    if (table.snapshot().isPresent() && table.keep().isPresent()) {
      inOrder().stream()
          .filter(index -> !index.written())
          .limit(WATCHED)
          .forEach(
              index ->
                  quiet(index, Optional.ofNullable(before.get(index.uuid())))
                      .ifPresent(seen -> quiet.put(index.uuid(), seen)));
    }
    return quiet;
  }

  /** What cannot be counted now may have stood still all the while: the next count will tell. */
  private Optional<Quiet> quiet(IndexView index, Optional<Quiet> before) {
    var writes = index.writes().ifKnown();
    return writes.isEmpty() || before.filter(each -> each.writes() == writes.get()).isPresent()
        ? before
        : Optional.of(new Quiet(writes.get(), now));
  }

  /** The indices that carry the alias, by name and so by age. */
  public List<IndexView> inOrder() {
    return view.indices().stream().sorted(Comparator.comparing(IndexView::name)).toList();
  }
}
