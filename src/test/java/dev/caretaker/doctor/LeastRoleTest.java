package dev.caretaker.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.caretaker.adapter.elasticsearch.Credentials;
import dev.caretaker.adapter.elasticsearch.ElasticsearchAdapter;
import dev.caretaker.adapter.elasticsearch.EsConnection;
import dev.caretaker.adapter.elasticsearch.Privilege;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.elastic.action.EsAction;
import dev.caretaker.elastic.model.ClusterView;
import dev.caretaker.elastic.model.NodeId;
import dev.caretaker.elastic.model.ShardCopy;
import dev.caretaker.elastic.model.ShardId;
import dev.caretaker.kernel.Bytes;
import dev.caretaker.kernel.Observed;
import dev.caretaker.mapping.EsPolicyParser;
import dev.caretaker.operator.Secrets;
import dev.caretaker.port.PortException;
import dev.caretaker.sandbox.keeper.KeeperServer;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The documented role is enough for all that Caretaker asks of a real engine, and not too much. */
@Tag("engine")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LeastRoleTest {
  private static final String FULL = "caretaker";
  private static final ShardId DAILY = new ShardId("daily", 0);
  private static final String ONE_COPY =
      "{\"settings\": {\"number_of_shards\": 1, \"number_of_replicas\": 0}}";

  private final GuardedEngine engine;
  private final KeeperServer keeper;

  LeastRoleTest() throws Exception {
    var roles = new HashMap<String, JsonNode>(Map.of(FULL, DocumentedRole.read()));
    for (var privilege : Privilege.values()) {
      roles.put(user(privilege), DocumentedRole.without(privilege));
    }
    engine = new GuardedEngine(roles);
    keeper = new KeeperServer(engine.cluster().keeper(), 0);
    engine.admin("PUT", "/" + DocumentedRole.PROBE, ONE_COPY);
  }

  @AfterAll
  void close() throws IOException {
    keeper.close();
    engine.close();
  }

  private static String user(Privilege missing) {
    return "without_" + missing.name().toLowerCase(Locale.ROOT);
  }

  private ElasticsearchAdapter adapter(String user) {
    return new ElasticsearchAdapter(
        new EsConnection(
            engine.urls(),
            Optional.of(new Credentials.Basic(user, GuardedEngine.PASSWORD)),
            Optional.empty(),
            new EsConnection.Probe(Optional.of(DocumentedRole.PROBE), Duration.ofSeconds(20)),
            "zone",
            new EsConnection.Timeouts(
                Duration.ofSeconds(10), Duration.ofSeconds(30), Duration.ofSeconds(60))));
  }

  /** What the index is when each begins: one copy, somewhere. */
  private ClusterView fresh() throws IOException, InterruptedException {
    if (view().indices().containsKey("daily")) {
      engine.admin("DELETE", "/daily", "");
    }
    engine.admin("PUT", "/daily", ONE_COPY);
    engine.admin("PUT", "/daily/_doc/1", "{\"a\": 1}");
    return view();
  }

  private ClusterView view() {
    try (var full = adapter(FULL)) {
      return full.read(Set.of(DAILY)).ifKnown().orElseThrow(() -> new AssertionError("unread"));
    }
  }

  /** Everything that Caretaker ever asks; what was denied, in words. */
  private List<String> everything(ElasticsearchAdapter adapter)
      throws IOException, InterruptedException {
    var before = fresh();
    var from = primary(before);
    var to =
        before.nodes().stream()
            .map(each -> each.id())
            .filter(each -> !each.equals(from))
            .findFirst()
            .orElseThrow();
    var denied = new ArrayList<String>();
    read(adapter.read(Set.of(DAILY)), "read", denied);
    adapter
        .read(Set.of(DAILY))
        .ifKnown()
        .filter(view -> view.sizeOf(DAILY).equals(Bytes.ZERO))
        .ifPresent(view -> denied.add("sizes"));
    read(adapter.probe(), "probe", denied);
    read(adapter.recoveries(), "recoveries", denied);
    var settings = new TreeMap<String, Optional<String>>();
    settings.put("cluster.routing.rebalance.enable", Optional.of("none"));
    act(adapter, new EsAction.PutSettings(settings, new TreeMap<>()), denied);
    act(adapter, new EsAction.MoveShard(DAILY, from, to), denied);
    act(adapter, new EsAction.SetReplicas("daily", 0, 1), denied);
    act(adapter, new EsAction.Flush(), denied);
    settings.put("cluster.routing.rebalance.enable", Optional.empty());
    act(adapter, new EsAction.PutSettings(settings, new TreeMap<>()), denied);
    return denied;
  }

  private static NodeId primary(ClusterView view) {
    return view.copiesOf(DAILY).stream()
        .filter(ShardCopy::primary)
        .findFirst()
        .flatMap(ShardCopy::node)
        .orElseThrow();
  }

  private static void read(Observed<?> observed, String what, List<String> denied) {
    if (observed instanceof Observed.Unknown<?> unknown) {
      assertThat(unknown.cause()).contains("403");
      denied.add(what);
    }
  }

  private static void act(
      ElasticsearchAdapter adapter, EsAction.OnEngine action, List<String> denied) {
    try {
      adapter.perform(action);
    } catch (PortException failed) {
      assertThat(failed.kind()).as(failed.getMessage()).isEqualTo(PortException.Kind.DENIED);
      denied.add(action.getClass().getSimpleName());
    }
  }

  @Test
  void shouldDoEverythingWithTheDocumentedRole() throws Exception {
    try (var adapter = adapter(FULL)) {
      assertThat(everything(adapter)).isEmpty();
    }
    var flushes = new ObjectMapper().readTree(engine.admin("GET", "/daily/_stats/flush", ""));
    assertThat(flushes.at("/_all/total/flush/total").asInt()).isPositive();

    var findings = examine(FULL);
    assertThat(findings).noneMatch(Finding::failed);
    assertThat(findings)
        .filteredOn(each -> each.check().equals("privilege"))
        .hasSize(Privilege.values().length);
  }

  @ParameterizedTest
  @EnumSource(Privilege.class)
  void shouldNameAPrivilegeThatIsMissing(Privilege missing) throws Exception {
    try (var adapter = adapter(user(missing))) {
      assertThat(everything(adapter)).as("nothing is to spare").isNotEmpty();
    }

    assertThat(examine(user(missing)))
        .filteredOn(each -> each.check().equals("privilege") && each.failed())
        .singleElement()
        .satisfies(each -> assertThat(each.about()).startsWith(missing.granted() + " on "))
        .satisfies(each -> assertThat(each.todo()).contains("docs/install.md"));
  }

  @Test
  void shouldTellAWrongPasswordFromAMissingPrivilege() throws Exception {
    var findings = examine("nobody_of_this_name");

    assertThat(findings)
        .filteredOn(Finding::failed)
        .extracting(Finding::check)
        .containsOnly("endpoint-credentials");
  }

  private List<Finding> examine(String user) throws IOException {
    var spec =
        new ObjectMapper()
            .readValue(
                """
                {"connection": {"endpoints": ["%s", "%s"], "credentialsSecret": {"name": "es"},
                                "probe": {"index": "%s", "timeout": "20s"}},
                 "zones": {"list": [{"name": "backup", "risk": "Reliable"},
                                    {"name": "spot", "risk": "Risky"}]},
                 "hosts": {"access": {"local": {"keeper": "%s"}},
                           "list": [{"node": "backup1", "zone": "backup"},
                                    {"node": "spot1", "zone": "spot"}]}}
                """
                    .formatted(
                        engine.urls().get(0),
                        engine.urls().get(1),
                        DocumentedRole.PROBE,
                        keeper.url()),
                EsClusterSpec.class);
    var secret = Map.of("username", user, "password", GuardedEngine.PASSWORD);
    var secrets = new Secrets(Map.of("es", secret), new TreeSet<>());
    var care = EsPolicyParser.parse("data/main/1", spec).value().orElseThrow();
    return new Examination(care, secrets, Duration.ofMinutes(1), Clock.systemUTC()).run();
  }
}
