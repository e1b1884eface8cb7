package dev.caretaker.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.adapter.ec2.Ec2Market;
import dev.caretaker.adapter.ec2.Ec2Settings;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.PurchaseError;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.port.FleetPort;
import dev.caretaker.port.PortException;
import dev.caretaker.sandbox.market.MarketServer;
import dev.caretaker.testkit.SdkCredentials;
import dev.caretaker.world.market.Market;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.FleetType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;

/** The contract on fleets, kept by the adapter of EC2 before the sandbox's market. */
class WireFleetPortTest extends FleetPortContract {
  private WireGround ground;

  @BeforeEach
  void prepare() throws IOException {
    ground = new WireGround();
  }

  @Override
  MarketGround ground() {
    return ground;
  }

  /** The same bytes get the same answer; others under the same token get none. */
  @Test
  void shouldAnswerARepeatedRequestByItsToken() throws PortException {
    var purchase = ground.purchase(MarketGround.FLEET, 1, 2);

    var first = ground.port().buy(purchase);
    var second = ground.port().buy(purchase);
    ground.aWhile();

    assertThat(second).isEqualTo(first);
    assertThat(ground.machines()).hasSize(2);
  }

  @Test
  void shouldAnswerWithMachinesAndErrorsAtOnce() throws PortException {
    ground.server.with(
        market -> {
          market.capacity(ground.pool(), 2);
          return market;
        });

    var answer = ground.port().buy(ground.purchase(MarketGround.FLEET, 1, 3));

    assertThat(answer.bought()).hasSize(2);
    assertThat(answer.errors())
        .singleElement()
        .satisfies(error -> assertThat(error.kind()).isEqualTo(PurchaseError.Kind.CAPACITY));
  }

  @Test
  void shouldTellWhenAMachineIsTakenAway() throws PortException {
    ground.port().buy(ground.purchase(MarketGround.FLEET, 1, 1));
    ground.aWhile();
    var notice =
        ground.server.with(
            market -> {
              market.interrupt(market.machines().iterator().next(), true);
              return market.instant();
            });

    assertThat(ground.machines())
        .singleElement()
        .satisfies(
            machine -> assertThat(machine.leavesAt()).contains(notice.plus(Duration.ofMinutes(2))));
  }

  private static final class WireGround implements MarketGround {
    private static final String REGION = "us-east-1";
    private static final Duration WHILE = Duration.ofMinutes(3);

    private final Market market =
        new Market(
            Instant.parse("2026-11-20T00:00:00Z"),
            new Market.Boots() {
              @Override
              public long secondsToRun() {
                return 60;
              }

              @Override
              public long secondsToBeSeen() {
                return 10;
              }
            });
    private final MarketServer server;
    private final Ec2Market port;
    private final Ec2Client client;

    WireGround() throws IOException {
      SdkCredentials.give();
      var type = new MachineType("m5.large");
      market.subnet(subnet());
      market.template(TEMPLATE);
      market.type(new TypeView(type, 2, 8, 0, Optional.empty()));
      market.prices().set(pool(), now().minus(Duration.ofDays(7)), UsdPerHour.of("0.04"));
      server = new MarketServer(market, market);
      port = Ec2Market.open(new Ec2Settings(REGION, Optional.of(server.url())), market);
      client = Ec2Client.builder().region(Region.of(REGION)).endpointOverride(server.url()).build();
    }

    @Override
    public FleetPort port() {
      return port;
    }

    @Override
    public Subnet subnet() {
      return new Subnet("subnet-1", new Zone("us-east-1a"), 250);
    }

    @Override
    public Instant now() {
      return market.instant();
    }

    @Override
    public InstanceId stranger() {
      var answer =
          client.createFleet(
              fleet ->
                  fleet
                      .type(FleetType.INSTANT)
                      .clientToken("somebody")
                      .launchTemplateConfigs(
                          config ->
                              config
                                  .launchTemplateSpecification(
                                      template ->
                                          template
                                              .launchTemplateName(TEMPLATE.name())
                                              .version(TEMPLATE.version()))
                                  .overrides(
                                      each ->
                                          each.instanceType("m5.large").subnetId(subnet().id())))
                      .targetCapacitySpecification(each -> each.totalTargetCapacity(1))
                      .tagSpecifications(
                          tags ->
                              tags.resourceType(ResourceType.INSTANCE)
                                  .tags(
                                      tag("caretaker.dev/namespace", FLEET.namespace()),
                                      tag("caretaker.dev/name", FLEET.name()))));
      return new InstanceId(answer.instances().get(0).instanceIds().get(0));
    }

    private static Tag tag(String key, String value) {
      return Tag.builder().key(key).value(value).build();
    }

    @Override
    public void aWhile() {
      server.with(
          each -> {
            each.advance(now().plus(WHILE));
            return each;
          });
    }

    @Override
    public void close() {
      client.close();
      port.close();
      server.close();
    }
  }
}
