package dev.caretaker.adapter.elasticsearch;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.caretaker.adapter.elasticsearch.TableIndices.Standing;
import dev.caretaker.pipeline.action.PipelineAction.CreateIndex;
import dev.caretaker.pipeline.action.PipelineAction.DeleteIndex;
import dev.caretaker.pipeline.action.PipelineAction.PutTemplate;
import dev.caretaker.pipeline.action.PipelineAction.WriteTo;
import dev.caretaker.pipeline.model.TableName;
import dev.caretaker.port.PortException;
import dev.caretaker.port.PortException.Kind;
import java.util.Optional;

/** Every change that is asked of a table, as the requests that ask for it. */
final class TableWrites {
  private static final String THERE_ALREADY = "resource_already_exists_exception";

  private final Asking asking;
  private final EsConnection.Timeouts timeouts;

  TableWrites(Endpoints endpoints, EsConnection.Timeouts timeouts) {
    this.asking = new Asking(endpoints);
    this.timeouts = timeouts;
  }

  /** An engine tries a template out before it takes it: what it refuses has changed nothing. */
  void put(PutTemplate action) throws PortException {
    var alias = action.table().alias();
    TableNames.check(alias.value());
    var api = api();
    asking.change(
        Call.put(
            api.path(TableTemplate.name(alias)) + "?" + api.typeFlag() + "filter_path=acknowledged",
            TableTemplate.body(action.table(), api).toString(),
            timeouts.write()));
  }

  /**
   * It says itself what the template says: another template could stand in its way, or none. A
   * primary that does not start in ten seconds is no failure, but {@code WriteTo} will mind.
   */
  void create(CreateIndex action) throws PortException {
    TableNames.check(action.index());
    var api = api();
    var path =
        "/"
            + Call.segment(action.index())
            + "?"
            + api.typeFlag()
            + "wait_for_active_shards=1&timeout=10s&filter_path=acknowledged";
    var body = TableTemplate.index(action.table(), api).toString();
    try {
      asking.attempt(Call.put(path, body, timeouts.write()));
    } catch (CallFailed failed) {
      if (!failed.sentence().contains(THERE_ALREADY)) {
        throw failed.asPortException();
      }
    }
  }

  private TemplateApi api() throws PortException {
    return asking.question(endpoint -> TableReader.api(endpoint, timeouts.read()));
  }

  /** Refused where the alias does not write where the decision saw it write. */
  void writeTo(WriteTo action) throws PortException {
    TableNames.check(action.index());
    var indices = indices(action.alias());
    if (indices.named(action.alias().value()).isPresent()) {
      throw refused(
          "an index is itself named "
              + action.alias()
              + ", so that no alias can be: look into it, reindex what is in it and delete it");
    }
    if (indices.named(action.index()).isEmpty()) {
      throw refused("there is no index " + action.index());
    }
    var now = indices.written().map(Standing::name);
    if (now.equals(Optional.of(action.index()))) {
      return;
    }
    if (!now.equals(action.before())) {
      throw refused(
          "%s writes to %s, not to %s: somebody else has changed it"
              .formatted(action.alias(), now.orElse("no index"), action.before().orElse("none")));
    }
    requirePrimaries(action.index());
    var body = JsonNodeFactory.instance.objectNode();
    var actions = body.putArray("actions");
    now.ifPresent(before -> add(actions, action.alias(), before, false));
    add(actions, action.alias(), action.index(), true);
    asking.change(
        Call.post("/_aliases?filter_path=acknowledged", body.toString(), timeouts.write()));
  }

  private static void add(ArrayNode actions, TableName alias, String index, boolean written) {
    actions
        .addObject()
        .putObject("add")
        .put("index", index)
        .put("alias", alias.value())
        .put("is_write_index", written);
  }

  /** Programs would wait a minute for each write to a primary that is not there, and then fail. */
  private void requirePrimaries(String index) throws PortException {
    var path = "/_cluster/health/" + Call.segment(index) + "?timeout=1s&filter_path=status";
    if (asking.question(Call.get(path, timeouts.read())).path("status").asText().equals("red")) {
      throw refused("not every primary of " + index + " has started: look at allocation explain");
    }
  }

  /** No engine deletes only what has a given uuid: it is asked for right before. */
  void delete(DeleteIndex action) throws PortException {
    TableNames.check(action.index());
    var indices = indices(action.alias());
    var standing = indices.named(action.index());
    if (standing.isEmpty()) {
      requireAbsent(action.index());
      return;
    }
    if (!standing.get().uuid().equals(action.uuid())) {
      throw refused(
          "%s is another index than the one that was seen: its uuid is %s, not %s"
              .formatted(action.index(), standing.get().uuid(), action.uuid()));
    }
    if (indices.written().filter(standing.get()::equals).isPresent()) {
      throw refused(action.alias() + " still writes to " + action.index());
    }
    asking.change(
        new Call(
            "DELETE",
            "/" + Call.segment(action.index()) + "?filter_path=acknowledged",
            Optional.empty(),
            timeouts.write()));
  }

  /** An index that has nothing to do with the table is not deleted in its name. */
  private void requireAbsent(String index) throws PortException {
    var path =
        "/" + Call.segment(index) + "/_settings?ignore_unavailable=true&filter_path=*.settings";
    if (!asking.question(Call.get(path, timeouts.read())).isEmpty()) {
      throw refused(index + " is no index of the table");
    }
  }

  private TableIndices indices(TableName alias) throws PortException {
    TableNames.check(alias.value());
    var within = timeouts.read();
    return asking.question(
        endpoint ->
            TableReader.indices(endpoint, alias, TableReader.api(endpoint, within), within));
  }

  private static PortException refused(String sentence) {
    return new PortException(Kind.REFUSED, sentence);
  }
}
