package dev.caretaker.fleet.ledger;

import dev.caretaker.fleet.model.InstanceId;
import dev.caretaker.fleet.model.Pool;
import dev.caretaker.fleet.model.Quote;
import dev.caretaker.kernel.UsdPerHour;
import dev.caretaker.kernel.Utility;
import java.time.Instant;
import java.util.Comparator;

/**
 * A machine that costs money, as it counts for the fleet.
 *
 * @param ours whether it carries the fleet's tags; what does not is reported and left alone
 * @param since when it was launched, or its purchase was answered
 */
public record Member(
    InstanceId id, Quote quote, Utility utility, Instant since, Standing standing, boolean ours) {

  /** How it stands to the fleet. */
  public enum Standing {
    /** Bought, and not yet at work. */
    JOINING,
    AT_WORK,
    /** It was at work or should have been long ago, and is not. */
    ABSENT,
    /** At work until something better, which was bought, is at work too. */
    OUTGOING,
    /** EC2 gave notice: it is gone within two minutes. */
    DOOMED,
    /** It was bought, and somebody took its fleet's tag away: it costs, and is left alone. */
    STRIPPED,
    /** The same, and it is not at work. */
    STRIPPED_IDLE,
    /** Its workload is asked to let it go. */
    RELEASING,
    /** Its workload let it go, for good. */
    RELEASED,
    /** EC2 is asked to take it back. */
    LEAVING
  }

  /** The machines that cost most for what they do come first. */
  public static final Comparator<Member> WORST_FIRST =
      Comparator.comparingDouble(Member::perDollar).thenComparing(Member::id);

  public Pool pool() {
    return quote.pool();
  }

  /** Whether it will still be there when all that was asked is done. */
  public boolean stays() {
    return switch (standing) {
      case JOINING, AT_WORK, ABSENT -> true;
      case OUTGOING, DOOMED, STRIPPED, STRIPPED_IDLE, RELEASING, RELEASED, LEAVING -> false;
    };
  }

  /** Whether it does its work now. */
  public boolean works() {
    return standing == Standing.AT_WORK || standing == Standing.OUTGOING;
  }

  /** Whether somebody was asked, or soon will be, to have it go. */
  public boolean isAskedToGo() {
    return switch (standing) {
      case OUTGOING, RELEASING, RELEASED, LEAVING -> true;
      case JOINING, AT_WORK, ABSENT, STRIPPED, STRIPPED_IDLE, DOOMED -> false;
    };
  }

  /** Whether it was bought for this fleet and does not carry its tag any more. */
  public boolean isStripped() {
    return standing == Standing.STRIPPED || standing == Standing.STRIPPED_IDLE;
  }

  /** Whether it was bought for this fleet, with or without its tag. */
  public boolean isBought() {
    return ours || isStripped();
  }

  /** Whether its money binds this fleet. */
  public boolean counts() {
    return costs() && isBought();
  }

  /** Whether it costs anything: what EC2 takes away within two minutes is given up already. */
  public boolean costs() {
    return standing != Standing.DOOMED;
  }

  public double perDollar() {
    return utility.perDollar(quote.today());
  }

  public UsdPerHour today() {
    return quote.today();
  }

  public Member as(Standing other) {
    return new Member(id, quote, utility, since, other, ours);
  }
}
