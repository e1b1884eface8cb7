package dev.caretaker.port;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableView;
import java.util.Optional;

/** The tables of a pipeline in one cluster. */
public interface TablePort {

  /**
   * What stands under the table's alias.
   *
   * @param timeField of the documents, where the newest one is wanted
   */
  Observed<TableView> read(Table table, Optional<String> timeField);

  /** What {@link TableView#template} is once the template of this table is in force. */
  String fingerprint(Table table);

  /**
   * Makes one change. A return proves nothing; the next read does.
   *
   * @throws PortException REFUSED where nothing was done, with the engine's own words
   */
  void perform(PipelineAction.OnTable action) throws PortException;
}
