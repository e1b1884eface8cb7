package dev.caretaker.adapter.elasticsearch;

import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.action.PipelineAction;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableView;
import dev.caretaker.port.PortException;
import dev.caretaker.port.TablePort;
import java.util.Optional;

/** Tables of a real Elasticsearch 6.8 to 8 or OpenSearch, over HTTP. */
public final class ElasticsearchTables implements TablePort, AutoCloseable {
  private final Endpoints endpoints;
  private final TableReader reader;
  private final TableWrites writes;

  /**
   * Connects to nothing yet.
   *
   * @throws IllegalArgumentException where the CA is no certificate
   */
  public ElasticsearchTables(EsConnection connection) {
    this.endpoints = new Endpoints(connection);
    this.reader = new TableReader(connection);
    this.writes = new TableWrites(endpoints, connection.timeouts());
  }

  @Override
  public Observed<TableView> read(Table table, Optional<String> timeField) {
    try {
      TableNames.check(table.alias().value());
      return Observed.known(endpoints.read(endpoint -> reader.read(endpoint, table, timeField)));
    } catch (CallFailed failed) {
      return Observed.unknown(failed.sentence());
    } catch (PortException refused) {
      return Observed.unknown(String.valueOf(refused.getMessage()));
    }
  }

  @Override
  public String fingerprint(Table table) {
    return TableTemplate.fingerprint(table);
  }

  @Override
  public void perform(PipelineAction.OnTable action) throws PortException {
    if (action instanceof PipelineAction.PutTemplate put) {
      writes.put(put);
    } else if (action instanceof PipelineAction.CreateIndex create) {
      writes.create(create);
    } else if (action instanceof PipelineAction.WriteTo write) {
      writes.writeTo(write);
    } else if (action instanceof PipelineAction.DeleteIndex delete) {
      writes.delete(delete);
    }
  }

  @Override
  public void close() {
    endpoints.close();
  }
}
