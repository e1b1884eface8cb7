package dev.caretaker.adapter.ec2;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.TypeView;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.InstanceTypeInfo;

/** The types that are sold as spot machines in the region, read once a day. */
final class Catalogue {
  private static final Duration LASTS = Duration.ofDays(1);

  /** The most that DescribeInstanceTypes gives at once. */
  private static final int PAGE = 100;

  private static final double MIB_PER_GIB = 1024;

  private final Ec2Client client;
  private final Clock clock;
  private @Nullable Read last;

  private record Read(Instant at, SortedMap<MachineType, TypeView> types) {}

  Catalogue(Ec2Client client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  synchronized SortedMap<MachineType, TypeView> types() {
    var now = clock.instant();
    var known = last;
    if (known == null || known.at().plus(LASTS).isBefore(now)) {
      known = new Read(now, read());
      last = known;
    }
    return known.types();
  }

  private SortedMap<MachineType, TypeView> read() {
    var types = new TreeMap<MachineType, TypeView>();
    client
        .describeInstanceTypesPaginator(
            each ->
                each.maxResults(PAGE)
                    .filters(Tags.filter("supported-usage-class", List.of("spot"))))
        .instanceTypes()
        .stream()
        .filter(each -> each.vCpuInfo() != null && each.memoryInfo() != null)
        .forEach(each -> types.put(new MachineType(each.instanceTypeAsString()), view(each)));
    return Collections.unmodifiableSortedMap(types);
  }

  private static TypeView view(InstanceTypeInfo type) {
    var disks = type.instanceStorageInfo();
    return new TypeView(
        new MachineType(type.instanceTypeAsString()),
        type.vCpuInfo().defaultVCpus(),
        type.memoryInfo().sizeInMiB() / MIB_PER_GIB,
        disks == null || disks.totalSizeInGB() == null ? 0 : disks.totalSizeInGB(),
        Optional.empty());
  }
}
