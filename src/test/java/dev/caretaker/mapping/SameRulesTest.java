package dev.caretaker.mapping;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.caretaker.api.EsClusterSpec;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.sandbox.rules.RuleCases;
import dev.caretaker.sandbox.rules.SpecServer;
import dev.caretaker.sandbox.rules.SpecTree;
import dev.caretaker.sandbox.stand.Crds;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.testkit.RequiresApiServer;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the policy parser refuses without a look at the world, the API server refuses, too. */
@RequiresApiServer
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SameRulesTest {
  private static final RuleCases CASES = RuleCases.read();
  private static final List<SpecTree> FULL = List.copyOf(CASES.full().values());

  private static final List<String> TEXTS =
      List.of(
          "",
          " ",
          "a b",
          "a,b",
          "a/b",
          "a/b/c",
          "a\\b",
          "UPPER",
          "\u00fc",
          "*",
          "a*",
          "-a",
          "_a",
          "a_b",
          "a.b",
          "a..b",
          "1",
          "nowhere",
          "spot",
          "spot1",
          "http://host",
          "http://me:secret@host",
          "http://1.2.3.4:9200/x",
          "http://1.2.3.999",
          "http://h:70000",
          "http://my_host:1",
          "http://h/a b",
          "ftp://h",
          "//h",
          "h:9200",
          "10",
          "0s",
          "10s",
          "5m",
          "301s",
          "300000ms",
          "2026-11-20T12:00:00Z",
          "2026-11-20T12:00Z",
          "2026-02-30T00:00:00Z",
          "2023-02-29T00:00:00Z",
          "2024-02-29T00:00:00Z",
          "2026-11-20T24:00:00Z",
          "2026-11-20",
          "2026-11-20T12:00:00+19:00",
          "2026-11-20T12:00:00.123456789-01:30",
          "yesterday",
          "all",
          "Yellow",
          "yellow",
          "Risky",
          "Required",
          "Report",
          "SingleNodeZone",
          "Systemd",
          "Supervisor",
          "es:{node}",
          "{node}",
          "-{node}",
          "/etc/a.conf",
          "/etc/a b",
          "ec2-user",
          "0 2 * * 1-5",
          "60 2 * * 1-5",
          "0 2 * *",
          "Europe/Berlin",
          "4h",
          "Manual",
          "0a1b2c3d4e5f",
          "0A1B2C3D4E5F");

  private final KubernetesClient client;
  private final SpecServer server;

  SameRulesTest(ApiServer server) {
    this.client = ApiServerClients.open(server);
    this.server = SpecServer.ofEsClusters(client);
  }

  @BeforeAll
  void applyCrds() throws IOException {
    ApiServerClients.applyCrds(client);
  }

  @AfterAll
  void close() {
    client.close();
  }

  @Test
  void shouldSayNothingAgainstTheFullSpec() {
    for (var full : FULL) {
      assertThat(parse(full).problems()).isEmpty();
      assertThat(server.refusal(full)).isEmpty();
    }
  }

  /** A field that is new must come into the full spec, or nothing here would be about it. */
  @Test
  void shouldTryEveryField() {
    var known = new TreeSet<String>();
    FULL.stream()
        .flatMap(full -> full.places().keySet().stream())
        .forEach(at -> known.add(at.replaceAll("/[0-9]+", "").substring(1).replace('/', '.')));
    var fields = new TreeSet<String>();
    addFields("", new Crds(client).specSchema(), fields);

    assertThat(fields).isSubsetOf(known);
  }

  @Test
  void shouldAgreeAboutEveryOddValueOfEveryField() {
    var disagreements = new ArrayList<String>();
    var rules = EnumSet.noneOf(Problem.Rule.class);
    var refused = 0;
    for (var each : oddities()) {
      var problems = parse(each).problems();
      var refusal = server.refusal(each);
      problems.forEach(problem -> rules.add(problem.rule()));
      refused += refusal.isPresent() ? 1 : 0;
      if (problems.isEmpty() != refusal.isEmpty()) {
        disagreements.add("parser " + problems + ", server " + refusal + ": " + each.tree());
      }
    }

    assertThat(disagreements).isEmpty();
    assertThat(refused).isGreaterThan(500);
    // What is fixed needs a look at what was; EsClusterRulesTest tries that.
    rules.add(Problem.Rule.FIXED);
    assertThat(rules).containsExactlyInAnyOrder(Problem.Rule.values());
  }

  private static List<SpecTree> oddities() {
    var odd = new ArrayList<SpecTree>();
    for (var full : FULL) {
      var places = new TreeMap<>(full.places());
      // The second of a list is like the first, and the rest of the spec like the first one's.
      places.keySet().removeIf(at -> at.contains("/1"));
      places
          .keySet()
          .removeIf(at -> !full.equals(CASES.full("local")) && !at.startsWith("/hosts/"));
      places.forEach(
          (at, value) -> {
            odd.add(full.without(at));
            values(value).forEach(each -> odd.add(full.with(at, each)));
          });
    }
    return odd;
  }

  private static Stream<JsonNode> values(JsonNode value) {
    if (value.isTextual()) {
      var lengths = IntStream.of(10, 32, 40, 63, 253, 255, 300, 500, 700);
      return Stream.concat(
              TEXTS.stream(),
              lengths.boxed().flatMap(n -> Stream.of("x".repeat(n), "x".repeat(n + 1))))
          .map(TextNode::valueOf);
    }
    if (value.isInt()) {
      return Stream.of(-1, 0, 1, 100, 101, 65535, 65536).map(IntNode::valueOf);
    }
    if (value.isArray()) {
      return IntStream.of(0, 20, 21, 100, 101, 200, 201).mapToObj(n -> many(value.get(0), n));
    }
    return value.isObject() ? Stream.of(JsonNodeFactory.instance.objectNode()) : Stream.of();
  }

  /** Copies of an entry; each is another one where it has a name. */
  private static ArrayNode many(JsonNode entry, int count) {
    var list = JsonNodeFactory.instance.arrayNode();
    for (int i = 0; i < count; i++) {
      var text =
          entry.toString().replaceAll("\"(node|name)\":\"(\\w+)\"", "\"$1\":\"$2-" + i + "\"");
      list.add(i == 0 ? entry : Serialization.unmarshal(text, JsonNode.class));
    }
    return list;
  }

  private static Parsed<EsCare> parse(SpecTree spec) {
    var typed = Serialization.unmarshal(spec.tree().toString(), EsClusterSpec.class);
    return EsPolicyParser.parse("data/main/uid-1", typed);
  }

  private static void addFields(String at, JsonNode field, Set<String> fields) {
    var inner = field.has("items") ? field.path("items") : field;
    if (!at.isEmpty()) {
      fields.add(at);
    }
    for (var each : inner.path("properties").properties()) {
      addFields(at.isEmpty() ? each.getKey() : at + "." + each.getKey(), each.getValue(), fields);
    }
  }
}
