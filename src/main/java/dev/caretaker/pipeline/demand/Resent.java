package dev.caretaker.pipeline.demand;

/**
 * Which share of the deleted messages were sent back into the queue by the workers themselves: a
 * worker that fails, or that makes the next step of its own work, sends first and deletes then.
 * While workers are busy they delete as fast as they can, whatever arrives, so that what is sent
 * moves with what is deleted by just this share. Differences of neighbouring periods are used, for
 * what arrives from outside hardly changes between them; what it does change is noise, and the
 * noisier it is, the longer it is believed that little is sent back.
 *
 * @param together sum of the products of both differences, forgotten slowly
 * @param alone sum of the squares of the differences of what was deleted, forgotten likewise
 * @param noise sum of the squares of the differences of what was sent, likewise
 * @param periods how many there were, likewise
 */
public record Resent(double together, double alone, double noise, double periods) {
  public static final Resent NONE = new Resent(0, 0, 0, 0);

  /** With each pair of periods the earlier ones weigh so much less. */
  private static final double KEPT = 0.995;

  /** How far from nothing the share is thought to be before anything is seen. */
  private static final double LIKELY = 0.2;

  private static final double AT_MOST = 0.9;

  /**
   * Takes in two neighbouring periods; rates of messages per hour.
   *
   * @param usual what is deleted otherwise, which makes large and small queues alike
   */
  Resent counting(double sentMore, double deletedMore, double usual) {
    double x = bounded(deletedMore / Math.max(1, usual));
    double y = bounded(sentMore / Math.max(1, usual));
    return new Resent(
        KEPT * together + x * y, KEPT * alone + x * x, KEPT * noise + y * y, KEPT * periods + 1);
  }

  /** One wild period shall not outweigh a day. */
  private static double bounded(double value) {
    return Math.max(-1, Math.min(1, value));
  }

  double share() {
    if (periods == 0) {
      return 0;
    }
    double prior = noise / periods / (LIKELY * LIKELY);
    return Math.max(0, Math.min(AT_MOST, together / Math.max(1e-9, alone + prior)));
  }
}
