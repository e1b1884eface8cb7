package dev.caretaker.adapter.ec2;

import static org.assertj.core.api.Assertions.assertThat;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PricePoint;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.kernel.Observed;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MarketReadingTest {
  private static final Duration WEEK = Duration.ofDays(7);
  private static final Instant SINCE = CannedEc2.START.minus(WEEK);
  private static final Pool OTHER = Pool.of("c5.large", "us-west-2a");

  private final CannedEc2 ec2 = new CannedEc2();

  @AfterEach
  void close() {
    ec2.close();
  }

  private static String prices(String... items) {
    return "<spotPriceHistorySet>" + String.join("", items) + "</spotPriceHistorySet>";
  }

  private static String price(Pool pool, String usd, Instant at) {
    return String.format(
        """
        <item><instanceType>%s</instanceType><availabilityZone>%s</availabilityZone>
          <productDescription>Linux/UNIX</productDescription>
          <spotPrice>%s</spotPrice><timestamp>%s</timestamp></item>""",
        pool.type(), pool.zone(), usd, at);
  }

  private static PricePoint point(String usd, Instant at) {
    return new PricePoint(at, UsdPerHour.of(usd));
  }

  private List<PriceSeries> read(Set<Pool> pools) {
    return ec2.market().prices(pools, ec2.instant().minus(WEEK)).ifKnown().orElseThrow();
  }

  @Test
  void shouldReadTheHistoryOnceAndThenOnlyWhatIsNewer() {
    var before = SINCE.minus(Duration.ofHours(5));
    var monday = SINCE.plus(Duration.ofDays(2));
    var tonight = CannedEc2.START.plus(Duration.ofMinutes(5));
    ec2.answer(
        "DescribeSpotPriceHistory",
        prices(price(CannedEc2.POOL, "0.040000", monday)) + "<nextToken>more</nextToken>",
        prices(price(CannedEc2.POOL, "0.030000", before)),
        prices(
            price(CannedEc2.POOL, "0.050000", tonight), price(CannedEc2.POOL, "0.040000", monday)));

    var first = read(Set.of(CannedEc2.POOL));
    ec2.pass(Duration.ofSeconds(20));
    var soon = read(Set.of(CannedEc2.POOL));
    ec2.pass(Duration.ofMinutes(10));
    var later = read(Set.of(CannedEc2.POOL));

    assertThat(first)
        .containsExactly(
            new PriceSeries(CannedEc2.POOL, List.of(point("0.03", before), point("0.04", monday))));
    assertThat(soon).isEqualTo(first);
    assertThat(later.get(0).points())
        .containsExactly(point("0.03", before), point("0.04", monday), point("0.05", tonight));
    var asked = ec2.asked("DescribeSpotPriceHistory");
    assertThat(asked).hasSize(3);
    assertThat(asked.get(0))
        .contains("StartTime=" + SINCE)
        .contains("InstanceType.1=m5.large")
        .contains("us-west-2a")
        .contains("Linux/UNIX");
    assertThat(asked.get(2))
        .as("with an overlap for what is published late")
        .contains("StartTime=" + CannedEc2.START.minus(Duration.ofMinutes(15)));
  }

  @Test
  void shouldReadTheWholeHistoryOfAPoolThatIsNew() {
    ec2.answer(
        "DescribeSpotPriceHistory",
        prices(price(CannedEc2.POOL, "0.04", SINCE)),
        prices(price(OTHER, "0.02", SINCE)));

    read(Set.of(CannedEc2.POOL));
    ec2.pass(Duration.ofSeconds(20));
    var both = read(Set.of(CannedEc2.POOL, OTHER));

    assertThat(both).extracting(PriceSeries::pool).containsExactlyInAnyOrder(CannedEc2.POOL, OTHER);
    assertThat(ec2.asked("DescribeSpotPriceHistory").get(1))
        .contains("InstanceType.1=c5.large")
        .contains("StartTime=" + ec2.instant().minus(WEEK))
        .doesNotContain("m5.large");
  }

  @Test
  void shouldForgetWhatNobodyAsksForAnyMore() {
    var before = SINCE.minus(Duration.ofHours(5));
    ec2.answer(
        "DescribeSpotPriceHistory",
        prices(
            price(CannedEc2.POOL, "0.03", before),
            price(CannedEc2.POOL, "0.04", SINCE.plusSeconds(60)),
            price(CannedEc2.POOL, "0.05", CannedEc2.START)),
        prices(price(CannedEc2.POOL, "0.05", CannedEc2.START)));

    read(Set.of(CannedEc2.POOL));
    ec2.pass(Duration.ofHours(2));
    var later = read(Set.of(CannedEc2.POOL));

    assertThat(later.get(0).points())
        .as("the price that stood when the history begins, and what follows")
        .containsExactly(point("0.04", SINCE.plusSeconds(60)), point("0.05", CannedEc2.START));
  }

  @Test
  void neverTakesAFailedReadForAPoolWithoutPrice() {
    ec2.fail("DescribeSpotPriceHistory", 500, "InternalError", "try again");

    var read = ec2.market().prices(Set.of(CannedEc2.POOL), SINCE);

    assertThat(read).isInstanceOf(Observed.Unknown.class);
  }

  @Test
  void shouldReadTheTypesOnceADay() {
    ec2.answer(
        "DescribeInstanceTypes",
        """
        <instanceTypeSet><item><instanceType>i3.xlarge</instanceType>
          <vCpuInfo><defaultVCpus>4</defaultVCpus></vCpuInfo>
          <memoryInfo><sizeInMiB>31232</sizeInMiB></memoryInfo>
          <instanceStorageSupported>true</instanceStorageSupported>
          <instanceStorageInfo><totalSizeInGB>950</totalSizeInGB></instanceStorageInfo>
        </item></instanceTypeSet>""");

    var types = ec2.market().types().ifKnown().orElseThrow();
    ec2.pass(Duration.ofHours(23));
    ec2.market().types();
    assertThat(ec2.asked("DescribeInstanceTypes")).hasSize(1);
    ec2.pass(Duration.ofHours(2));
    ec2.market().types();
    assertThat(ec2.asked("DescribeInstanceTypes")).hasSize(2);

    var type = Objects.requireNonNull(types.get(new MachineType("i3.xlarge")));
    assertThat(type.vcpus()).isEqualTo(4);
    assertThat(type.memoryGib()).isEqualTo(30.5);
    assertThat(type.storageGb()).isEqualTo(950);
    assertThat(type.onDemand()).isEmpty();
  }
}
