package dev.caretaker.world.market;

import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PricePoint;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.kernel.UsdPerHour;
import java.time.Instant;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What each pool costs and will cost; nobody is shown what is still to come. */
public final class Prices {
  private final Map<Pool, NavigableMap<Instant, UsdPerHour>> all = new TreeMap<>();
  private final NavigableSet<Instant> changes = new TreeSet<>();
  private final Map<Pool, PriceSeries> shown = new TreeMap<>();

  public void set(Pool pool, Instant from, UsdPerHour price) {
    changes.add(from);
    all.computeIfAbsent(pool, key -> new TreeMap<>()).put(from, price);
  }

  public Set<Pool> pools() {
    return all.keySet();
  }

  /** The price that stands at a moment; empty where none was ever quoted. */
  public Optional<UsdPerHour> at(Pool pool, Instant now) {
    var entry = all.getOrDefault(pool, new TreeMap<>()).floorEntry(now);
    return Optional.ofNullable(entry).map(Map.Entry::getValue);
  }

  /** The lowest price that stood within a stretch of time. */
  public Optional<UsdPerHour> lowest(Pool pool, Instant from, Instant to) {
    var points = all.getOrDefault(pool, new TreeMap<>());
    var lowest = at(pool, from);
    for (var price : points.subMap(from, true, to, true).values()) {
      lowest = lowest.filter(price::isMoreThan).or(() -> Optional.of(price));
    }
    return lowest;
  }

  /** The highest price that was ever quoted. */
  public UsdPerHour highest(Pool pool) {
    return all.getOrDefault(pool, new TreeMap<>()).values().stream()
        .reduce(UsdPerHour.ZERO, UsdPerHour::or);
  }

  /** When any price changed last, at a moment. */
  public Instant lastChange(Instant now) {
    var last = changes.floor(now);
    return last == null ? Instant.MIN : last;
  }

  /** When any price changes next; empty where none does. */
  public Optional<Instant> nextChange(Instant now) {
    return Optional.ofNullable(changes.higher(now));
  }

  /** As DescribeSpotPriceHistory: from the price that stood at {@code since} until now. */
  public PriceSeries series(Pool pool, Instant since, Instant now) {
    var points = all.getOrDefault(pool, new TreeMap<>());
    var first = points.floorKey(since);
    var seen = points.headMap(now, true).tailMap(first == null ? since : first, true);
    var before = shown.get(pool);
    if (before != null && before.points().size() == seen.size() && same(before, seen)) {
      return before;
    }
    var series =
        new PriceSeries(
            pool,
            seen.entrySet().stream()
                .map(each -> new PricePoint(each.getKey(), each.getValue()))
                .toList());
    shown.put(pool, series);
    return series;
  }

  private static boolean same(PriceSeries before, NavigableMap<Instant, UsdPerHour> seen) {
    return seen.isEmpty()
        || (before.points().get(0).at().equals(seen.firstKey())
            && before
                .points()
                .get(seen.size() - 1)
                .equals(new PricePoint(seen.lastKey(), seen.lastEntry().getValue())));
  }
}
