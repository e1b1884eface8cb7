package dev.caretaker.fleet.ledger;

import dev.caretaker.fleet.model.MachineType;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.fleet.model.Zone;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a fleet spends and has, each machine counted exactly once: what runs at today's price, what
 * is asked for at its ceiling.
 *
 * @param spend with everything that was ever asked for and may still come, without what EC2 is
 *     taking away
 * @param exposure the same with every machine at its ceiling
 * @param staying utility of what stays or is on its way
 * @param byType of what stays
 * @param byZone of what stays
 * @param machines that cost money, or were asked for
 * @param bought utility bought within the last ten minutes
 * @param boughtOf machines of a type bought within the last ten minutes
 */
public record Ledger(
    UsdPerHour spend,
    UsdPerHour exposure,
    Utility staying,
    Map<MachineType, Utility> byType,
    Map<Zone, Utility> byZone,
    int machines,
    Utility bought,
    Map<MachineType, Integer> boughtOf) {
  /** Rates of growth are counted over so long. */
  public static final Duration RECENT = Duration.ofMinutes(10);

  private static final Ledger EMPTY =
      new Ledger(
          UsdPerHour.ZERO,
          UsdPerHour.ZERO,
          Utility.ZERO,
          Map.of(),
          Map.of(),
          0,
          Utility.ZERO,
          Map.of());

  public static Ledger of(Collection<Member> members, Collection<Purchase> asked, Instant now) {
    var ledger = EMPTY;
    for (var member : members) {
      ledger = ledger.with(member, now);
    }
    for (var purchase : asked) {
      ledger = ledger.with(purchase);
    }
    return ledger;
  }

  public Utility of(MachineType type) {
    return byType.getOrDefault(type, Utility.ZERO);
  }

  public Utility of(Zone zone) {
    return byZone.getOrDefault(zone, Utility.ZERO);
  }

  public int boughtOf(MachineType type) {
    return boughtOf.getOrDefault(type, 0);
  }

  private Ledger with(Member member, Instant now) {
    if (!member.counts()) {
      return this;
    }
    boolean recent = member.since().plus(RECENT).isAfter(now);
    var utility = member.stays() ? member.utility() : Utility.ZERO;
    var fresh = recent ? Optional.of(member.utility()) : Optional.<Utility>empty();
    return plus(member.pool(), utility, member.today(), member.quote().ceiling(), fresh);
  }

  private Ledger with(Purchase purchase) {
    var ledger = this;
    for (int i = 0; i < purchase.count(); i++) {
      ledger =
          ledger.plus(
              purchase.pool(),
              purchase.each(),
              purchase.ceiling(),
              purchase.ceiling(),
              Optional.of(purchase.each()));
    }
    return ledger;
  }

  /** As if it had been bought. */
  public Ledger with(Offer offer) {
    return plus(
        offer.pool(), offer.each(), offer.ceiling(), offer.ceiling(), Optional.of(offer.each()));
  }

  /** As if it were gone already. */
  public Ledger without(Member member) {
    var type = new TreeMap<>(byType);
    type.merge(member.pool().type(), member.utility(), (all, gone) -> all.less(gone));
    var zone = new TreeMap<>(byZone);
    zone.merge(member.pool().zone(), member.utility(), (all, gone) -> all.less(gone));
    return new Ledger(
        spend.minus(member.today()),
        exposure.minus(member.quote().ceiling()),
        staying.less(member.utility()),
        type,
        zone,
        machines - 1,
        bought,
        boughtOf);
  }

  private Ledger plus(
      Pool pool, Utility utility, UsdPerHour cost, UsdPerHour ceiling, Optional<Utility> fresh) {
    var type = new TreeMap<>(byType);
    type.merge(pool.type(), utility, Utility::plus);
    var zone = new TreeMap<>(byZone);
    zone.merge(pool.zone(), utility, Utility::plus);
    var lately = new TreeMap<>(boughtOf);
    fresh.ifPresent(each -> lately.merge(pool.type(), 1, Integer::sum));
    return new Ledger(
        spend.plus(cost),
        exposure.plus(ceiling),
        staying.plus(utility),
        type,
        zone,
        machines + 1,
        fresh.map(bought::plus).orElse(bought),
        lately);
  }
}
