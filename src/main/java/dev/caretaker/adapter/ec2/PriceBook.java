package dev.caretaker.adapter.ec2;

import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PricePoint;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import software.amazon.awssdk.services.ec2.Ec2Client;
import software.amazon.awssdk.services.ec2.model.SpotPrice;

/**
 * The history of spot prices as far as it was read: a pool's whole history once, then what is
 * newer.
 */
final class PriceBook {
  /** EC2 names them so, by the age of the account; both are Linux in a VPC. */
  private static final List<String> LINUX = List.of("Linux/UNIX", "Linux/UNIX (Amazon VPC)");

  /** Prices change a few times a day, and a pass comes every few seconds. */
  private static final Duration FRESH = Duration.ofMinutes(1);

  /** A price may be published after the moment from which it holds. */
  private static final Duration LATE = Duration.ofMinutes(15);

  private static final int TYPES_AT_ONCE = 100;
  private static final int PAGE = 1000;

  private final Ec2Client client;
  private final Clock clock;
  private final Map<Pool, Known> book = new HashMap<>();
  private Duration longest = Duration.ZERO;

  /**
   * What was read of a pool.
   *
   * @param since nothing is missing from then on
   * @param readAt until then
   */
  private record Known(Instant since, Instant readAt, NavigableMap<Instant, UsdPerHour> points) {}

  PriceBook(Ec2Client client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  synchronized List<PriceSeries> read(Set<Pool> pools, Instant since) {
    var now = clock.instant();
    var asked = Duration.between(since, now);
    longest = asked.compareTo(longest) > 0 ? asked : longest;
    ask(pools.stream().filter(pool -> !isKnown(pool, since)).toList(), since, now);
    var old = pools.stream().filter(pool -> isOld(pool, now)).toList();
    old.stream()
        .map(pool -> entry(pool).readAt())
        .min(Instant::compareTo)
        .ifPresent(readAt -> ask(old, readAt.minus(LATE), now));
    return pools.stream()
        .map(pool -> series(pool, since))
        .filter(each -> !each.points().isEmpty())
        .toList();
  }

  private Known entry(Pool pool) {
    return book.getOrDefault(pool, new Known(Instant.MAX, Instant.MIN, new TreeMap<>()));
  }

  private boolean isKnown(Pool pool, Instant since) {
    return !entry(pool).since().isAfter(since);
  }

  private boolean isOld(Pool pool, Instant now) {
    return !entry(pool).readAt().plus(FRESH).isAfter(now);
  }

  /** What was read stays read, also when a later part of it fails. */
  private void ask(Collection<Pool> pools, Instant from, Instant now) {
    var types = new TreeSet<String>();
    pools.forEach(pool -> types.add(pool.type().value()));
    var all = List.copyOf(types);
    for (int i = 0; i < all.size(); i += TYPES_AT_ONCE) {
      var part = all.subList(i, Math.min(i + TYPES_AT_ONCE, all.size()));
      ask(part, pools.stream().filter(each -> part.contains(each.type().value())).toList(), from)
          .forEach((pool, points) -> note(pool, points, from, now));
    }
  }

  private Map<Pool, NavigableMap<Instant, UsdPerHour>> ask(
      List<String> types, List<Pool> pools, Instant from) {
    var read = new HashMap<Pool, NavigableMap<Instant, UsdPerHour>>();
    // A pool without an answer is one that is not sold; that is known then.
    pools.forEach(pool -> read.put(pool, new TreeMap<>()));
    var zones = pools.stream().map(each -> each.zone().value()).distinct().sorted().toList();
    client
        .describeSpotPriceHistoryPaginator(
            each ->
                each.instanceTypesWithStrings(types)
                    .filters(Tags.filter("availability-zone", zones))
                    .productDescriptions(LINUX)
                    .startTime(from)
                    .maxResults(PAGE))
        .spotPriceHistory()
        .forEach(each -> add(each, read));
    return read;
  }

  private static void add(SpotPrice price, Map<Pool, NavigableMap<Instant, UsdPerHour>> read) {
    var points = read.get(Pool.of(price.instanceTypeAsString(), price.availabilityZone()));
    if (points != null) {
      UsdPerHour.read(price.spotPrice()).ifPresent(usd -> points.put(price.timestamp(), usd));
    }
  }

  private void note(
      Pool pool, NavigableMap<Instant, UsdPerHour> points, Instant from, Instant now) {
    var before = entry(pool);
    boolean joins = !before.readAt().isBefore(from);
    var all = new TreeMap<>(points);
    if (joins) {
      all.putAll(before.points());
      all.putAll(points);
    }
    var since = joins && before.since().isBefore(from) ? before.since() : from;
    var cut = now.minus(longest);
    var first = all.floorKey(cut);
    if (first != null) {
      all.headMap(first, false).clear();
    }
    book.put(pool, new Known(since.isBefore(cut) ? cut : since, now, all));
  }

  private PriceSeries series(Pool pool, Instant since) {
    var points = entry(pool).points();
    var first = points.floorKey(since);
    return new PriceSeries(
        pool,
        points.tailMap(first == null ? since : first, true).entrySet().stream()
            .map(each -> new PricePoint(each.getKey(), each.getValue()))
            .toList());
  }
}
