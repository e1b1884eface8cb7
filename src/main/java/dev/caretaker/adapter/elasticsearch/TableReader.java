package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.adapter.elasticsearch.TableIndices.Standing;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import dev.caretaker.pipeline.model.IndexView;
import dev.caretaker.pipeline.model.Table;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.pipeline.model.TableView;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Puts the view of a table together from the answers of one endpoint. */
final class TableReader {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int NOT_FOUND = 404;

  private final Duration within;
  private final SnapshotTimes snapshots;

  TableReader(EsConnection connection) {
    this.within = connection.timeouts().read();
    this.snapshots = new SnapshotTimes(connection.timeouts().write());
  }

  TableView read(Endpoint endpoint, Table table, Optional<String> timeField) throws CallFailed {
    var alias = table.alias();
    var api = api(endpoint, within);
    var indices = indices(endpoint, alias, api, within);
    var members = indices.members();
    var sizes = members.isEmpty() ? JSON.createObjectNode() : sizes(endpoint, table);
    var written = indices.written();
    return new TableView(
        members.stream()
            .map(
                index ->
                    view(
                        index,
                        written.filter(index::equals).isPresent(),
                        sizes.path(index.name()),
                        snapshotAt(endpoint, table, index)))
            .toList(),
        indices.lookAlikes(),
        template(endpoint, alias, api),
        timeField.isEmpty() || members.isEmpty()
            ? Observed.known(Optional.empty())
            : NewestDocument.ask(endpoint, alias, timeField.get(), within));
  }

  static TableIndices indices(Endpoint endpoint, TableName alias, TemplateApi api, Duration within)
      throws CallFailed {
    return endpoint.ask(
        TableIndices.ask(alias, api, within), body -> TableIndices.parse(alias, body));
  }

  private static IndexView view(
      Standing index, boolean written, JsonNode sizes, Observed<Optional<Instant>> snapshotAt) {
    // One that was deleted and made again in between has the other's numbers, not its own.
    var own = sizes.path("uuid").asText(index.uuid()).equals(index.uuid());
    var seen = own ? sizes : JSON.createObjectNode();
    return new IndexView(
        index.name(),
        index.uuid(),
        index.createdAt(),
        written,
        Math.max(0, seen.path("primaries").path("docs").path("count").asLong(0)),
        new Bytes(Math.max(0, seen.path("total").path("store").path("size_in_bytes").asLong(0))),
        WriteCount.of(index.shards(), seen.path("shards")),
        snapshotAt);
  }

  private JsonNode sizes(Endpoint endpoint, Table table) throws CallFailed {
    var name = Call.segment(table.alias().value());
    // An answer about each shard is long: only who deletes after a snapshot needs it.
    var each = table.snapshot().isPresent() ? "&level=shards" : "";
    // The alias alone: an index that does not carry it is none of ours.
    var path =
        "/"
            + name
            + "/_stats/docs,store?ignore_unavailable=true&filter_path=indices.*.uuid,"
            + "indices.*.primaries.docs.count,indices.*.total.store.size_in_bytes,"
            + WriteCount.FIELDS
            + each;
    return endpoint.ask(Call.get(path, within), JSON::readTree).path("indices");
  }

  private Observed<Optional<Instant>> snapshotAt(Endpoint endpoint, Table table, Standing index) {
    return table
        .snapshot()
        .map(
            repository ->
                snapshots
                    .read(endpoint, repository)
                    .map(
                        times ->
                            Optional.ofNullable(times.get(index.name()))
                                // An older one is of another index that had the name before.
                                .filter(at -> at.isAfter(index.createdAt()))))
        .orElseGet(() -> Observed.known(Optional.empty()));
  }

  private Optional<String> template(Endpoint endpoint, TableName alias, TemplateApi api)
      throws CallFailed {
    var path = api.path(TableTemplate.name(alias)) + "?" + api.typeFlag() + "local=false";
    try {
      var answer = endpoint.ask(Call.get(path, within), JSON::readTree);
      return TableTemplate.fingerprint(answer, alias);
    } catch (CallFailed failed) {
      if (failed.status() == NOT_FOUND) {
        return Optional.empty();
      }
      throw failed;
    }
  }

  static TemplateApi api(Endpoint endpoint, Duration within) throws CallFailed {
    var itself = endpoint.ask(Call.get(NodeAnswers.ITSELF, within), NodeAnswers::parse);
    return itself.answers().values().stream()
        .findFirst()
        .map(answer -> TemplateApi.of(answer.engine()))
        .orElseThrow(
            () ->
                new CallFailed(
                    CallFailed.Kind.UNAVAILABLE, 0, "no node told its version to " + endpoint));
  }
}
