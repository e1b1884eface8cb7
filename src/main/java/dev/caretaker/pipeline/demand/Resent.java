package dev.caretaker.pipeline.demand;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Which share of the deleted messages were sent back into the queue by the workers themselves: a
 * worker that fails, or that makes the next step of its own work, sends first and deletes then.
 * While workers are busy they delete as fast as they can, whatever arrives, so that what is sent
 * moves with what is deleted by just this share. Differences of near periods are used, for what
 * arrives from outside hardly changes between them; what it does change is noise, and the noisier
 * it is, the longer it is believed that little is sent back.
 *
 * @param together sum of the products of both differences, forgotten slowly
 * @param alone sum of the squares of the differences of what was deleted, forgotten likewise
 * @param noise sum of the squares of the differences of what was sent, likewise
 * @param periods how many there were, likewise
 * @param last of the periods
 */
public record Resent(
    double together, double alone, double noise, double periods, Optional<Period> last) {
  public static final Resent NONE = new Resent(0, 0, 0, 0, Optional.empty());

  /** Later, what arrives from outside may have changed. */
  private static final Duration NEAR = Duration.ofMinutes(20);

  /** With each pair of periods the earlier ones weigh so much less. */
  private static final double KEPT = 0.995;

  /** How far from nothing the share is thought to be before anything is seen. */
  private static final double LIKELY = 0.2;

  private static final double AT_MOST = 0.9;

  /** Messages per hour in a period in which the workers were busy. */
  public record Period(Instant to, double sent, double deleted) {}

  /** Takes in a period in which the workers were busy; the earlier ones before the later. */
  Resent counting(Instant from, Period next) {
    return last.filter(each -> !each.to().plus(NEAR).isBefore(from))
        .map(each -> comparing(each, next))
        .orElse(new Resent(together, alone, noise, periods, Optional.of(next)));
  }

  private Resent comparing(Period before, Period next) {
    // In parts of what is deleted, so that large and small queues are alike.
    double usual = Math.max(1, (before.deleted() + next.deleted()) / 2);
    double x = (next.deleted() - before.deleted()) / usual;
    double y = (next.sent() - before.sent()) / usual;
    // One wild period shall not outweigh a day.
    double tamed = Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
    x /= tamed;
    y /= tamed;
    return new Resent(
        KEPT * together + x * y,
        KEPT * alone + x * x,
        KEPT * noise + y * y,
        KEPT * periods + 1,
        Optional.of(next));
  }

  double share() {
    if (periods == 0) {
      return 0;
    }
    double unexplained = Math.max(0, noise - together * together / Math.max(1e-9, alone));
    double prior = unexplained / periods / (LIKELY * LIKELY);
    return Math.max(0, Math.min(AT_MOST, together / Math.max(1e-9, alone + prior)));
  }
}
