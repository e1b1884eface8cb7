package dev.caretaker.fleet;

import dev.caretaker.fleet.ledger.Member;
import dev.caretaker.fleet.ledger.Offer;
import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Purchase;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.util.List;
import java.util.Optional;

/**
 * A fleet in numbers, for its status, metrics and columns.
 *
 * @param spend what runs costs at today's prices
 * @param exposure the same at the ceilings, with what is asked for
 * @param running utility at work
 * @param pending utility that was bought or asked for and is not at work
 * @param strangers machines that look like the fleet's and do not carry its tags
 * @param market the best offers, at most ten
 * @param excess why more is spent than the budget; empty where it is not
 */
public record FleetSummary(
    UsdPerHour spend,
    UsdPerHour exposure,
    Utility running,
    Utility pending,
    Utility wanted,
    List<Member> members,
    List<Purchase> asked,
    List<InstanceId> strangers,
    List<Offer> market,
    Optional<Excess> excess) {
  private static final int MARKET_SHOWN = 10;

  public static final FleetSummary UNKNOWN =
      new FleetSummary(
          UsdPerHour.ZERO,
          UsdPerHour.ZERO,
          Utility.ZERO,
          Utility.ZERO,
          Utility.ZERO,
          List.of(),
          List.of(),
          List.of(),
          List.of(),
          Optional.empty());

  /** What outranks the budget where more is spent. */
  public enum Excess {
    /** Machines with data leave once they are proven empty, and that makes progress. */
    SAFETY,
    /** Machines with data are asked for, and their cluster does not begin to let one go. */
    STUCK,
    /** The floor costs more than the budget. */
    FLOOR,
    /** The spec forbids to give machines back, or the fleet is paused. */
    SPEC,
    /** What is left carries no tag of the fleet any more, and may not be given back. */
    STRIPPED,
    /** Nothing: machines are being given back. */
    NONE
  }

  public FleetSummary {
    members = List.copyOf(members);
    asked = List.copyOf(asked);
    strangers = List.copyOf(strangers);
    market = List.copyOf(market.subList(0, Math.min(MARKET_SHOWN, market.size())));
  }
}
