package dev.caretaker.operator;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.port.PortException;
import dev.caretaker.port.TablePort;
import java.util.Optional;

/** Tables of a cluster to which there is no way; says why. */
record NoTables(String cause) implements TablePort {

  @Override
  public Observed<TableView> read(Table table, Optional<String> timeField) {
    return Observed.unknown(cause);
  }

  @Override
  public String fingerprint(Table table) {
    return cause;
  }

  @Override
  public void perform(PipelineAction.OnTable action) throws PortException {
    throw new PortException(PortException.Kind.REFUSED, cause);
  }
}
