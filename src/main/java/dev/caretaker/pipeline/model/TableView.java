package dev.caretaker.pipeline.model;

import dev.caretaker.kernel.Observed;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What the cluster holds under the alias of a table.
 *
 * @param indices that carry the alias
 * @param lookAlikes indices whose names begin like the table's and that do not carry the alias, and
 *     an index whose own name is the alias
 * @param template fingerprint of the mapping and settings that new indices get; empty: none is
 *     there
 * @param newest time of the newest document; Known and empty where nobody asked, or there is none;
 *     Unknown where the search failed, which the other parts do not mind
 */
public record TableView(
    List<IndexView> indices,
    SortedSet<String> lookAlikes,
    Optional<String> template,
    Observed<Optional<Instant>> newest) {
  public TableView {
    indices = List.copyOf(indices);
    lookAlikes = Collections.unmodifiableSortedSet(new TreeSet<>(lookAlikes));
  }

  /** The index that the alias writes to. */
  public Optional<IndexView> written() {
    return indices.stream().filter(IndexView::written).findFirst();
  }
}
