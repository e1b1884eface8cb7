package dev.caretaker.operator;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.port.PortException;
import dev.caretaker.port.TablePort;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Tables of which none is touched whose mapping was never read. */
final class MappedTables implements TablePort {
  private final TablePort tables;
  private SortedMap<String, String> problems = new TreeMap<>();

  MappedTables(TablePort tables) {
    this.tables = tables;
  }

  /** What is wrong with mappings now. */
  void read(Mappings.Read mappings) {
    problems = new TreeMap<>();
    mappings.problems().forEach((table, cause) -> problems.put(table.value(), cause));
  }

  @Override
  public Observed<TableView> read(Table table, Optional<String> timeField) {
    return table.mapping().isEmpty()
        ? Observed.unknown(cause(table))
        : tables.read(table, timeField);
  }

  private String cause(Table table) {
    return problems.getOrDefault(table.alias().value(), "its mapping was not read yet");
  }

  @Override
  public String fingerprint(Table table) {
    return tables.fingerprint(table);
  }

  @Override
  public void perform(PipelineAction.OnTable action) throws PortException {
    tables.perform(action);
  }
}
