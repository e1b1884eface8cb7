package dev.caretaker.replay;

import java.time.Instant;
import java.util.List;

/**
 * What came of a replay.
 *
 * @param minutesOverBudget beyond the one pass that sees a risen price, for whatever reason
 * @param minutesOverBudgetBySafety those of them in which machines with data were on their way out
 * @param utilityHours at work, as far as it was wanted
 * @param boundUtilityHours the most that any buyer could have had, who knew the prices
 * @param largestShareOfType of the utility at work, over all time
 */
public record Report(
    double hours,
    double usd,
    double onDemandUsd,
    double minutesOverBudget,
    double minutesOverBudgetBySafety,
    double utilityHours,
    double boundUtilityHours,
    long starts,
    long interruptions,
    double largestShareOfType,
    Predecessor.Result predecessor,
    List<Sample> samples) {
  public Report {
    samples = List.copyOf(samples);
  }

  /** A point of the chart. */
  public record Sample(Instant at, double usdPerHour, double utility, double bound) {}
}
