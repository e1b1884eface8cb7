package dev.caretaker.sandbox.scenario;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.sandbox.audit.FleetWatch;
import dev.caretaker.sandbox.audit.FleetWatch.Declared;
import dev.caretaker.sandbox.market.MarketServer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The two fleets of the storm: one with the cluster's nodes on it, one without data. */
final class StormFleets implements AutoCloseable {
  private static final String FILE = "/sandbox/storm-fleets.yaml";
  private static final String CLUSTER =
      "{\"hosts\":{\"fleets\":[{\"name\":\"activedata-es\",\"zone\":\"spot\"}]}}";

  /** As a zone keeps them where nobody accepts a zone of a single node. */
  private static final int NODES_FOR_SHELTER = 2;

  private final Stage stage;
  private final List<Fleet> fleets = new ArrayList<>();

  /** A fleet as it was declared. */
  record Fleet(String name, UsdPerHour budget, FleetWatch watch) {}

  private StormFleets(Stage stage) {
    this.stage = stage;
  }

  /** Applies both, and tells the EsCluster of the one that is its own. */
  static StormFleets apply(Stage stage) throws IOException {
    var fleets = new StormFleets(stage);
    for (var object : Shipped.objects(FILE)) {
      fleets.add(object);
    }
    stage.declare(CLUSTER);
    return fleets;
  }

  private void add(ObjectNode object) throws IOException {
    var resources = stage.stand().spotFleets();
    var name = object.at("/metadata/name").asText();
    resources.apply(object);
    var spec = object.path("spec");
    var declared =
        new Declared(
            resources.read(name).at("/metadata/uid").asText(),
            spec.at("/demand/utility").asInt(),
            spec.at("/floor/utility").asInt(),
            spec.has("workload") ? NODES_FOR_SHELTER : 0);
    var budget = UsdPerHour.of(spec.at("/budget/usdPerHour").asText());
    fleets.add(new Fleet(name, budget, new FleetWatch(stage.stand(), declared, budget)));
  }

  /** The one whose machines are nodes. */
  Fleet nodes() {
    return fleets.get(0);
  }

  /** The one whose machines have no data. */
  Fleet workers() {
    return fleets.get(1);
  }

  List<Fleet> all() {
    return List.copyOf(fleets);
  }

  void halveBudgets() {
    fleets.forEach(each -> declare(each, new UsdPerHour(each.budget().nanos() / 2)));
  }

  void restoreBudgets() {
    fleets.forEach(each -> declare(each, each.budget()));
  }

  private void declare(Fleet fleet, UsdPerHour budget) {
    fleet.watch().budget(budget);
    var patch = "{\"spec\":{\"budget\":{\"usdPerHour\":\"" + budget + "\"}}}";
    stage.say().accept(fleet.name() + ": " + patch);
    stage.stand().spotFleets().patch(fleet.name(), patch);
  }

  /** Every pool costs twice as much from now on. */
  void doublePrices() {
    stage.say().accept("all prices double");
    market()
        .with(
            market -> {
              for (var pool : List.copyOf(market.prices().pools())) {
                var price = market.prices().at(pool, market.instant()).orElse(UsdPerHour.ZERO);
                market.prices().set(pool, market.instant(), price.times(2));
              }
              return market;
            });
  }

  /** Machines of another team in the same account. */
  List<InstanceId> startOthers(int count) {
    var pool = market().with(market -> market.prices().pools().iterator().next());
    var others = new ArrayList<InstanceId>();
    for (int i = 0; i < count; i++) {
      others.add(market().startedByOthers(pool, Map.of("team", "b")));
    }
    return others;
  }

  /** What runs and has no tags, or those of a fleet that does not list it. */
  List<InstanceId> orphans() throws IOException {
    var listed = new ArrayList<String>();
    for (var fleet : fleets) {
      var status = stage.stand().spotFleets().read(fleet.name()).path("status");
      status.path("machines").forEach(each -> listed.add(id(each)));
    }
    var tags = market().tags();
    var alive =
        market()
            .with(
                market ->
                    market.machines().stream()
                        .filter(each -> each.isAlive())
                        .map(each -> each.id())
                        .toList());
    return alive.stream()
        .filter(id -> !listed.contains(id.value()))
        .filter(id -> !tags.getOrDefault(id, Map.of()).containsKey("team"))
        .toList();
  }

  private static String id(JsonNode machine) {
    return machine.path("id").asText();
  }

  private MarketServer market() {
    return stage.stand().cloud().market();
  }

  @Override
  public void close() {
    fleets.forEach(each -> each.watch().close());
  }
}
