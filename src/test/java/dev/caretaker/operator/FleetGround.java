package dev.caretaker.operator;

import static java.util.Objects.requireNonNull;

import dev.caretaker.api.SpotFleet;
import dev.caretaker.api.SpotFleetSpec;
import dev.caretaker.api.SpotFleetStatus;
import dev.caretaker.api.StatusCondition;
import dev.caretaker.fleet.FleetDecider;
import dev.caretaker.fleet.guard.FleetRules;
import dev.caretaker.fleet.model.FleetId;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.LaunchTemplate;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.PurchaseAnswer;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.model.WorkloadView;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.mapping.FleetCare;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.NoticePort;
import dev.caretaker.port.PortException;
import dev.caretaker.sandbox.kubernetes.ApiServer;
import dev.caretaker.testkit.ApiServerClients;
import dev.caretaker.world.market.Market;
import dev.caretaker.world.market.MarketPort;
import dev.caretaker.world.market.SpotMachine;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/**
 * The care of a SpotFleet in a namespace of its own of a real API server, with a simulated market
 * behind it. Time is the market's: it passes between two looks.
 */
final class FleetGround implements AutoCloseable {
  static final String NAME = "es";
  static final String SPEC =
      """
      region: us-west-2
      subnets: [subnet-0a]
      launchTemplate: {name: es-spot, version: "7"}
      budget: {usdPerHour: "1.00"}
      demand: {utility: 20}
      machines: {list: [{type: m5d.large, utility: "10"}]}
      """;
  static final Pool POOL = Pool.of("m5d.large", "us-west-2a");

  final KubernetesClient client;
  final String namespace;
  final Market market = new Market(Instant.parse("2026-11-20T12:00:00Z"), new Boots());
  private final Workloads workloads;
  private final PrometheusMeterRegistry registry;
  private Optional<SpotFleetCare> care = Optional.empty();

  /** The queue, whatever name the spec gives it. */
  Optional<NoticePort> queue = Optional.empty();

  /** What is announced, and by whom it is heard. */
  final Notices notices = new Notices(market, owner -> {});

  /** Whether EC2 sells and its answer does not come. */
  boolean answersAreLost;

  /** Whether the machines can be read. */
  boolean machinesAreShown = true;

  FleetGround(ApiServer server, PrometheusMeterRegistry registry) throws IOException {
    this.client = ApiServerClients.open(server);
    this.registry = registry;
    this.workloads = new Workloads(market);
    ApiServerClients.applyCrds(client);
    namespace = "fleet-" + Long.toString(System.nanoTime(), 36);
    var wanted = new NamespaceBuilder().withNewMetadata().withName(namespace).endMetadata();
    client.resource(wanted.build()).create();
    open();
  }

  /** A fleet beside the clusters of another ground. */
  FleetGround(CareGround beside) {
    this.client = beside.client;
    this.registry = beside.registry;
    this.workloads = beside.workloads;
    this.namespace = beside.namespace;
    open();
  }

  private void open() {
    market.type(new TypeView(POOL.type(), 2, 8, 75, Optional.empty()));
    market.subnet(new Subnet("subnet-0a", new Zone("us-west-2a"), 250));
    market.template(new LaunchTemplate("es-spot", "7"));
    var start = market.instant().minus(Duration.ofDays(8));
    market.prices().set(POOL, start, UsdPerHour.of("0.03"));
    restart();
  }

  static final class Boots implements Market.Boots {
    @Override
    public long secondsToRun() {
      return 30;
    }

    @Override
    public long secondsToBeSeen() {
      return 5;
    }
  }

  private SpotFleetCare newCare() {
    return new SpotFleetCare(
        client,
        region -> new Unsteady(),
        workloads,
        notices,
        new QueueReaders(
            (region, queue) -> queueOf(queue), region -> new Unsteady(), notices, () -> {}, market),
        (namespace, cluster) -> {},
        new PipelineDemands(client, (namespace, pipeline) -> {}),
        new FleetDecider(FleetRules.standard()),
        market,
        new OperatorMetrics(registry),
        new FleetMetrics(registry),
        new Leadership());
  }

  private NoticePort queueOf(String name) {
    return queue.orElseThrow(() -> new AssertionError("no queue " + name));
  }

  SpotFleetCare care() {
    return care.orElseThrow();
  }

  /** Another process takes over; it knows what is stored, and nothing else. */
  void restart() {
    care = Optional.of(newCare());
  }

  /** What the EsCluster main says of machines in its zone spot. */
  void say(Set<InstanceId> atWork, Set<InstanceId> released) {
    var view = new WorkloadView(atWork, released, Set.of(), 1);
    workloads.say(namespace, NAME, new FleetCare.Cluster("main", "spot"), view);
  }

  Set<InstanceId> ids() {
    var ids = new TreeSet<InstanceId>();
    alive().forEach(each -> ids.add(each.id()));
    return ids;
  }

  List<SpotMachine> alive() {
    return market.machines().stream().filter(SpotMachine::isAlive).toList();
  }

  /** Some minutes of care. */
  void settle() {
    for (int i = 0; i < 40; i++) {
      step();
    }
  }

  void step() {
    var passed =
        fleet().flatMap(each -> care().look(each, List.of(each))).orElse(Duration.ofSeconds(15));
    var most = Duration.ofSeconds(30);
    market.advance(market.instant().plus(passed.compareTo(most) > 0 ? most : passed));
  }

  void create(String spec) {
    var resource = new SpotFleet();
    resource.getMetadata().setNamespace(namespace);
    resource.getMetadata().setName(NAME);
    resource.setSpec(spec(spec));
    client.resource(resource).create();
  }

  void edit(String spec) {
    var resource = read();
    resource.setSpec(spec(spec));
    client.resource(resource).update();
  }

  private static SpotFleetSpec spec(String yaml) {
    return Serialization.unmarshal(yaml, SpotFleetSpec.class);
  }

  Optional<SpotFleet> fleet() {
    return Optional.ofNullable(
        client.resources(SpotFleet.class).inNamespace(namespace).withName(NAME).get());
  }

  SpotFleet read() {
    return fleet().orElseThrow();
  }

  SpotFleetStatus status() {
    return requireNonNull(read().getStatus());
  }

  List<SpotFleetStatus.Release> requests() {
    return Optional.ofNullable(status().releaseRequests()).orElse(List.of());
  }

  StatusCondition condition(String type) {
    return requireNonNull(status().conditions()).stream()
        .filter(each -> type.equals(each.type()))
        .findFirst()
        .orElseThrow();
  }

  @Override
  public void close() {
    care().close();
    client.close();
  }

  /** The market with the faults of this ground. */
  private final class Unsteady implements FleetPort {
    private final FleetPort steady = new MarketPort(market);

    @Override
    public Observed<List<MachineView>> machines(FleetId fleet) {
      return machinesAreShown
          ? steady.machines(fleet)
          : Observed.unknown("allow ec2:DescribeInstances in the policy of Caretaker's role");
    }

    @Override
    public Observed<Set<InstanceId>> alive(Set<InstanceId> machines) {
      return machinesAreShown ? steady.alive(machines) : Observed.unknown("EC2 does not answer");
    }

    @Override
    public Observed<List<Subnet>> subnets(Set<String> ids) {
      return steady.subnets(ids);
    }

    @Override
    public Observed<SortedMap<MachineType, TypeView>> types() {
      return steady.types();
    }

    @Override
    public Observed<List<PriceSeries>> prices(Set<Pool> pools, Instant since) {
      return steady.prices(pools, since);
    }

    @Override
    public PurchaseAnswer buy(Purchase purchase) throws PortException {
      var answer = steady.buy(purchase);
      if (answersAreLost) {
        throw new PortException(PortException.Kind.UNKNOWN_OUTCOME, "the answer was lost");
      }
      return answer;
    }

    @Override
    public void terminate(Set<InstanceId> machines) throws PortException {
      steady.terminate(machines);
    }
  }
}
