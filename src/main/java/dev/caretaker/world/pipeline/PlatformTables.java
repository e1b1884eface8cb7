package dev.caretaker.world.pipeline;

import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.IndexView;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.port.PortException;
import dev.caretaker.port.TablePort;
import java.time.Instant;
import java.util.Optional;
import java.util.TreeSet;

/** The tables of a simulated platform, with an engine's refusals. */
public final class PlatformTables implements TablePort {
  /** A mapping that no engine takes. */
  public static final String BAD_MAPPING = "{\"no\": mapping}";

  private final Platform platform;
  private final Engine engine;

  /** A port. */
  public PlatformTables(Platform platform) {
    this.platform = platform;
    this.engine = platform.engine();
  }

  @Override
  public Observed<TableView> read(Table table, Optional<String> timeField) {
    if (!engine.serving) {
      return Observed.unknown("no answer from the cluster");
    }
    var alias = table.alias();
    var strangers = new TreeSet<String>();
    engine.indices().stream()
        .filter(each -> !each.carries(alias) && each.name().startsWith(alias.value()))
        .forEach(each -> strangers.add(each.name()));
    var newest =
        engine.carrying(alias).stream()
            .filter(each -> each.documents() > 0)
            .map(SimIndex::lastStoredAt)
            .max(Instant::compareTo);
    return Observed.known(
        new TableView(
            engine.carrying(alias).stream().map(each -> view(each, table)).toList(),
            strangers,
            engine.template(alias),
            Observed.known(timeField.flatMap(any -> newest))));
  }

  private static IndexView view(SimIndex index, Table table) {
    return new IndexView(
        index.name(),
        index.uuid(),
        index.createdAt(),
        index.isWritten(),
        index.documents(),
        new Bytes(index.documents()),
        table.snapshot().isPresent()
            ? Observed.known(index.writes())
            : Observed.unknown("no snapshot is asked for"),
        Observed.known(table.snapshot().flatMap(any -> index.snapshotAt())));
  }

  @Override
  public String fingerprint(Table table) {
    return Engine.fingerprint(table);
  }

  @Override
  public void perform(PipelineAction.OnTable action) throws PortException {
    if (!engine.serving) {
      throw new PortException(PortException.Kind.UNREACHABLE, "no answer from the cluster");
    }
    if (action instanceof PipelineAction.PutTemplate put) {
      template(put.table());
    } else if (action instanceof PipelineAction.CreateIndex create) {
      engine.create(create.table().alias(), create.index(), platform.instant());
    } else if (action instanceof PipelineAction.WriteTo write) {
      writeTo(write.alias(), write.index(), write.before());
    } else if (action instanceof PipelineAction.DeleteIndex delete) {
      delete(delete);
    }
  }

  private void template(Table table) throws PortException {
    if (table.mapping().equals(BAD_MAPPING)) {
      throw refused("mapper_parsing_exception: " + table.mapping());
    }
    engine.template(table);
  }

  private void writeTo(TableName alias, String index, Optional<String> before)
      throws PortException {
    var next = engine.index(index);
    if (next.isEmpty()) {
      throw refused("index_not_found_exception: " + index);
    }
    if (engine.index(alias.value()).isPresent()) {
      throw refused("an index exists with the same name as the alias " + alias);
    }
    var other =
        engine.written(alias).filter(each -> !each.name().equals(index)).map(SimIndex::name);
    if (other.isPresent() && !other.equals(before)) {
      throw refused("alias " + alias + " has more than one write index");
    }
    engine.carrying(alias).forEach(SimIndex::writesNoMore);
    next.get().give(alias, true);
  }

  private void delete(PipelineAction.DeleteIndex delete) throws PortException {
    var index = engine.index(delete.index());
    if (index.filter(each -> each.uuid().equals(delete.uuid())).isEmpty()) {
      throw refused("index_not_found_exception: " + delete.index() + " of " + delete.uuid());
    }
    engine.remove(delete.index());
  }

  private static PortException refused(String what) {
    return new PortException(PortException.Kind.REFUSED, what);
  }
}
