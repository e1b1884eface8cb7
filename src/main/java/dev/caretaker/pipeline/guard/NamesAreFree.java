package dev.caretaker.pipeline.guard;

import dev.caretaker.kernel.Refusal;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.action.PipelineAction.CreateIndex;
import dev.caretaker.pipeline.action.PipelineAction.PutTemplate;
import dev.caretaker.pipeline.action.PipelineAction.WriteTo;
import dev.caretaker.pipeline.model.TableName;
import java.util.List;
import java.util.Optional;

/** A table begins only where nothing looks like it; two of nearly one name would share its data. */
public final class NamesAreFree implements ChangeRule {
  @Override
  public Optional<Refusal> against(ChangeQuestion question) {
    var table = begins(question.action());
    if (table.isEmpty()) {
      return Optional.empty();
    }
    var shelf = question.situation().shelf(table.get());
    if (shelf.isEmpty()) {
      return refuse(table.get().value(), "the table could not be read", "wait until it can be");
    }
    if (shelf.get().isEstablished()) {
      return Optional.empty();
    }
    var strangers = shelf.get().strangers();
    return strangers.isEmpty()
        ? unjudged(table.get(), shelf.get().unjudged())
        : lookAlikes(table.get(), strangers);
  }

  private Optional<Refusal> unjudged(TableName table, List<String> names) {
    return names.isEmpty()
        ? Optional.empty()
        : refuse(
            names.get(0),
            "the mapping of "
                + table
                + " was not read, so that nobody knows whose "
                + names
                + " is",
            "the mapping, in its ConfigMap");
  }

  private Optional<Refusal> lookAlikes(TableName table, List<String> strangers) {
    return Optional.of(
        new Refusal(
            name(),
            "indices that look like " + table + " do not carry its alias: " + strangers,
            strangers.stream().limit(10).toList(),
            "look into them; delete them, reindex them elsewhere, or give them the alias"));
  }

  private static Optional<TableName> begins(PipelineAction action) {
    if (action instanceof PutTemplate put) {
      return Optional.of(put.table().alias());
    }
    if (action instanceof CreateIndex create) {
      return Optional.of(create.table().alias());
    }
    return action instanceof WriteTo write ? Optional.of(write.alias()) : Optional.empty();
  }
}
