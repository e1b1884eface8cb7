package dev.caretaker.contract;

import dev.caretaker.adapter.ec2.Ec2Market;
import dev.caretaker.adapter.ec2.Ec2Settings;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.port.FleetPort;
import dev.caretaker.testkit.Moto;
import dev.caretaker.testkit.RequiresMoto;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceType;
import software.amazon.awssdk.services.ec2.model.ResourceType;
import software.amazon.awssdk.services.ec2.model.Tag;
import software.amazon.awssdk.services.ec2.model.TagSpecification;

/** The contract on fleets, kept by the adapter of EC2 before a stand-in of EC2. */
@RequiresMoto
class MotoFleetPortTest extends FleetPortContract {
  private MotoMarketGround ground;

  @BeforeEach
  void prepare(Moto moto) {
    ground = new MotoMarketGround(moto);
  }

  @Override
  MarketGround ground() {
    return ground;
  }

  private static final class MotoMarketGround implements MarketGround {
    private static final String IMAGE = "ami-12c6146b";

    private final Ec2Client client;
    private final Ec2Market market;
    private final Subnet subnet;

    MotoMarketGround(Moto moto) {
      client =
          Ec2Client.builder().region(Region.of(Moto.REGION)).endpointOverride(moto.url()).build();
      market =
          Ec2Market.open(new Ec2Settings(Moto.REGION, Optional.of(moto.url())), Clock.systemUTC());
      var first = client.describeSubnets().subnets().get(0);
      subnet =
          new Subnet(
              first.subnetId(),
              new Zone(first.availabilityZone()),
              first.availableIpAddressCount());
      client.createLaunchTemplate(
          each ->
              each.launchTemplateName(TEMPLATE.name())
                  .launchTemplateData(
                      template -> template.imageId(IMAGE).instanceType(InstanceType.T3_NANO)));
    }

    @Override
    public FleetPort port() {
      return market;
    }

    @Override
    public Subnet subnet() {
      return subnet;
    }

    @Override
    public Instant now() {
      return Instant.now();
    }

    @Override
    public InstanceId stranger() {
      var answer =
          client.runInstances(
              each ->
                  each.imageId(IMAGE)
                      .instanceType(InstanceType.M5_LARGE)
                      .minCount(1)
                      .maxCount(1)
                      .tagSpecifications(
                          TagSpecification.builder()
                              .resourceType(ResourceType.INSTANCE)
                              .tags(
                                  tag("caretaker.dev/namespace", FLEET.namespace()),
                                  tag("caretaker.dev/name", FLEET.name()))
                              .build()));
      return new InstanceId(answer.instances().get(0).instanceId());
    }

    private static Tag tag(String key, String value) {
      return Tag.builder().key(key).value(value).build();
    }

    /** Moto's machines run as soon as they are looked at. */
    @Override
    public void aWhile() {}

    @Override
    public void close() {
      market.close();
      client.close();
    }
  }
}
