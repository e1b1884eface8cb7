package dev.caretaker.pipeline;

import dev.caretaker.kernel.Reason;
import dev.caretaker.pipeline.action.PipelineAction.CreateIndex;
import dev.caretaker.pipeline.action.PipelineAction.DeleteIndex;
import dev.caretaker.pipeline.action.PipelineAction.PutTemplate;
import dev.caretaker.pipeline.action.PipelineAction.WriteTo;
import dev.caretaker.pipeline.guard.Situation;
import dev.caretaker.pipeline.guard.SnapshotIsComplete;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.table.IndexName;
import dev.caretaker.pipeline.table.Shelf;
import java.util.Optional;

/**
 * Tables: template, then index, then alias, each once it was seen that the one before is there.
 * Whoever comes second, and whoever comes back after a crash, goes on from what is there.
 */
final class TableCare {
  /** What speaks against all other deletions is time. */
  private static final String UNSAVED = new SnapshotIsComplete().name();

  private final Course course;
  private final Situation situation;

  TableCare(Course course) {
    this.course = course;
    this.situation = course.situation;
  }

  /** Asks for what the tables lack; true once programs can write to each. */
  boolean establish() {
    boolean all = true;
    for (var table : situation.policy().tables()) {
      var shelf = situation.shelf(table);
      if (shelf.isEmpty()) {
        course.await(Sentences.unread(table.alias(), situation.view().tables()));
      }
      shelf.ifPresent(this::step);
      all &= shelf.filter(Shelf::isEstablished).isPresent();
    }
    return all;
  }

  /** Rollover and expiry of tables that programs write to already. */
  void tend() {
    for (var table : situation.policy().tables()) {
      situation.shelf(table).filter(Shelf::isEstablished).ifPresent(this::step);
    }
  }

  private void step(Shelf shelf) {
    var table = shelf.table();
    if (!shelf.isEstablished() && !shelf.strangers().isEmpty()) {
      course.trouble(Sentences.lookAlikes(table.alias(), shelf.strangers()));
    }
    if (shelf.template().isPresent() && !shelf.hasTemplate()) {
      course.ask(
          new PutTemplate(table),
          new Reason("PuttingTemplate", "new indices of " + table.alias() + " get its mapping"));
    }
    write(shelf);
    prepare(shelf);
    expire(shelf);
  }

  private void write(Shelf shelf) {
    var wanted = shelf.wanted();
    if (shelf.writesTo(wanted)) {
      return;
    }
    if (!shelf.has(wanted.toString())) {
      create(shelf.table(), wanted);
      return;
    }
    course.offer(
        new WriteTo(shelf.table().alias(), wanted.toString(), shelf.writtenName()),
        new Reason("RollingOver", shelf.table().alias() + " writes to " + wanted));
  }

  /** The next index is there before it is needed: a new one is red for a minute. */
  private void prepare(Shelf shelf) {
    Optional<IndexName> next = shelf.soon().filter(name -> !shelf.has(name.toString()));
    if (shelf.writesTo(shelf.wanted())) {
      next.ifPresent(name -> create(shelf.table(), name));
    }
  }

  private void create(Table table, IndexName name) {
    course.offer(
        new CreateIndex(table, name.toString()),
        new Reason("CreatingIndex", "the index " + name + " is made"));
  }

  /** The oldest first, and one at a time, so that a mistake in the spec is seen before its end. */
  private void expire(Shelf shelf) {
    var keep = shelf.table().keep();
    if (keep.isEmpty()) {
      return;
    }
    for (var index : shelf.inOrder()) {
      var reason =
          new Reason("Expiring", index.name() + " goes: all in it is older than " + keep.get());
      var delete = new DeleteIndex(shelf.table().alias(), index.name(), index.uuid());
      if (course.offer(delete, reason, UNSAVED)) {
        return;
      }
    }
  }
}
