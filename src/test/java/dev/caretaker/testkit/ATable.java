package dev.caretaker.testkit;

import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.IndexView;
import dev.caretaker.pipeline.model.TableView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/** What a cluster holds under an alias; at first nothing. */
public final class ATable {
  /** What a template is once it is in force. */
  public static final String TEMPLATE = "as-asked-for";

  private final List<IndexView> indices = new ArrayList<>();
  private final TreeSet<String> others = new TreeSet<>();
  private final Map<String, Observed<Long>> writes = new HashMap<>();
  private Optional<String> template = Optional.empty();
  private Observed<Optional<Instant>> newest = Observed.known(Optional.empty());

  /** It has its template, and writes to this index. */
  public ATable established(String index) {
    return template(TEMPLATE).index(index).writes(index);
  }

  public ATable template(String fingerprint) {
    template = Optional.of(fingerprint);
    return this;
  }

  /** An index that carries the alias. */
  public ATable index(String name) {
    others.remove(name);
    return put(view(name, false, 0, Optional.empty()));
  }

  public ATable snapshot(String name, Instant at) {
    return put(view(name, find(name).written(), find(name).documents(), Optional.of(at)));
  }

  public ATable documents(String name, long count) {
    return put(view(name, find(name).written(), count, Optional.empty()));
  }

  /** So often it was written to; nobody can tell where that is unknown. */
  public ATable writes(String name, Observed<Long> times) {
    writes.put(name, times);
    return put(
        view(
            name,
            find(name).written(),
            find(name).documents(),
            find(name).snapshotAt().ifKnown().flatMap(at -> at)));
  }

  /** An index without the alias. */
  public ATable lookAlike(String name) {
    others.add(name);
    return this;
  }

  public ATable writes(String name) {
    if (indices.stream().noneMatch(each -> each.name().equals(name))) {
      index(name);
    }
    for (var each : List.copyOf(indices)) {
      put(
          new IndexView(
              each.name(),
              each.uuid(),
              each.createdAt(),
              each.name().equals(name),
              each.documents(),
              each.size(),
              each.writes(),
              each.snapshotAt()));
    }
    return this;
  }

  public void delete(String name) {
    indices.removeIf(each -> each.name().equals(name));
  }

  public ATable newest(Instant at) {
    newest = Observed.known(Optional.of(at));
    return this;
  }

  public List<String> names() {
    return indices.stream().map(IndexView::name).sorted().toList();
  }

  public Optional<String> written() {
    return indices.stream().filter(IndexView::written).map(IndexView::name).findFirst();
  }

  public TableView view() {
    return new TableView(indices, others, template, newest);
  }

  private IndexView find(String name) {
    return indices.stream().filter(each -> each.name().equals(name)).findFirst().orElseThrow();
  }

  private ATable put(IndexView index) {
    delete(index.name());
    indices.add(index);
    return this;
  }

  private IndexView view(String name, boolean written, long documents, Optional<Instant> snapshot) {
    return new IndexView(
        name,
        "uuid-" + name,
        Instant.EPOCH,
        written,
        documents,
        Bytes.ZERO,
        writes.getOrDefault(name, Observed.known(0L)),
        Observed.known(snapshot));
  }
}
