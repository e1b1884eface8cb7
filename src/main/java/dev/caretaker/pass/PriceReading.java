package dev.caretaker.pass;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.MachineView;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.PriceSeries;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.fleet.model.Subnet;
import dev.caretaker.fleet.model.TypeView;
import dev.caretaker.fleet.policy.FleetPolicy;
import dev.caretaker.fleet.policy.PricePolicy;
import dev.caretaker.fleet.price.PriceHistory;
import dev.caretaker.kernel.Observed;
import dev.caretaker.port.FleetPort;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Reads what is worth a price, and judges it; a series that did not change is judged once an hour.
 */
final class PriceReading {
  private final FleetPort market;
  private final Map<Pool, Judged> known = new HashMap<>();

  PriceReading(FleetPort market) {
    this.market = market;
  }

  private record Judged(
      PriceSeries series, PricePolicy policy, Instant hour, Optional<Quote> quote) {}

  Observed<SortedMap<Pool, Quote>> quotes(
      FleetPolicy policy,
      Observed<List<MachineView>> machines,
      Observed<SortedMap<MachineType, TypeView>> types,
      Observed<List<Subnet>> subnets,
      Instant now) {
    if (types instanceof Observed.Unknown<?> unknown) {
      return Observed.unknown("instance types: " + unknown.cause());
    }
    // Without the subnets nothing can be bought; what runs is judged all the same.
    var pools = pools(policy, types.ifKnown().orElseThrow(), subnets.ifKnown().orElse(List.of()));
    machines.ifKnown().orElse(List.of()).stream()
        .filter(each -> each.isAlive() && each.belongsTo(policy.id().uid()))
        .forEach(each -> pools.add(each.pool()));
    var since = now.minus(policy.prices().history());
    return market.prices(pools, since).map(series -> judge(series, policy.prices(), now));
  }

  private static Set<Pool> pools(
      FleetPolicy policy, SortedMap<MachineType, TypeView> types, List<Subnet> subnets) {
    var pools = new TreeSet<Pool>();
    for (var type : types.values()) {
      if (!policy.worth().toBuy(type.type(), Optional.of(type)).isZero()) {
        subnets.forEach(subnet -> pools.add(new Pool(type.type(), subnet.zone())));
      }
    }
    return pools;
  }

  private SortedMap<Pool, Quote> judge(List<PriceSeries> all, PricePolicy policy, Instant now) {
    var hour = now.truncatedTo(ChronoUnit.HOURS);
    var quotes = new TreeMap<Pool, Quote>();
    for (var series : all) {
      var before = known.get(series.pool());
      if (before == null
          || !before.hour().equals(hour)
          || !before.policy().equals(policy)
          || !before.series().equals(series)) {
        before = new Judged(series, policy, hour, PriceHistory.quote(series, policy, now));
        known.put(series.pool(), before);
      }
      before.quote().ifPresent(quote -> quotes.put(quote.pool(), quote));
    }
    return quotes;
  }
}
