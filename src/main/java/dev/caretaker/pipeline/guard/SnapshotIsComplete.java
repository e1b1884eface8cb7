package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction.DeleteIndex;
import dev.caretaker.pipeline.model.IndexView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Where a snapshot is asked for, what is deleted is in one that was begun after its last write.
 * When that was is proven by counting, and not taken from the period: an alias is switched late,
 * requests are still on their way then, and programs write by an index's name.
 */
public final class SnapshotIsComplete implements ChangeRule {
  /** A look lasts a while, and the engine's clock, which times snapshots, is not ours. */
  private static final Duration DOUBT = Duration.ofMinutes(5);

  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    if (!(question.action() instanceof DeleteIndex delete)) {
      return Optional.empty();
    }
    var situation = question.situation();
    var shelf = situation.shelf(delete.alias());
    var repository = shelf.flatMap(each -> each.table().snapshot());
    if (repository.isEmpty()) {
      return Optional.empty();
    }
    var index = shelf.flatMap(each -> each.find(delete.index()));
    return index.isEmpty()
        ? refuse(delete.index(), delete.index() + " was not seen", "wait until it is")
        : against(index.get(), situation.lastWrite(index.get()), repository.get());
  }

  private Optional<Refusal> against(
      IndexView index, Observed<Instant> lastWrite, String repository) {
    var name = index.name();
    if (index.snapshotAt() instanceof Observed.Unknown<Optional<Instant>> unknown) {
      return refuse(
          name,
          "whether %s is in a snapshot in %s is not known: %s"
              .formatted(name, repository, unknown.cause()),
          "wait until the snapshots can be read, or mend the repository");
    }
    if (lastWrite instanceof Observed.Unknown<Instant> unknown) {
      return refuse(
          name,
          "when %s was written to last is not known: %s".formatted(name, unknown.cause()),
          "wait until every shard of it tells, and open it where it is closed");
    }
    var written = lastWrite.ifKnown().orElseThrow();
    var begun = index.snapshotAt().ifKnown().flatMap(each -> each);
    return begun.filter(at -> !at.isBefore(written.plus(DOUBT))).isPresent()
        ? Optional.empty()
        : refuse(name, unsaved(index, begun, written, repository), snapshot(name, repository));
  }

  private static String unsaved(
      IndexView index, Optional<Instant> begun, Instant written, String repository) {
    return begun
        .map(
            at ->
                "the last snapshot of %s in %s was begun at %s, and only since %s is nothing written"
                    .formatted(index.name(), repository, at, written))
        .orElseGet(() -> "no snapshot of %s is in %s".formatted(index.name(), repository));
  }

  private static String snapshot(String index, String repository) {
    return "a snapshot of %s into %s, begun five minutes after its last write"
        .formatted(index, repository);
  }
}
