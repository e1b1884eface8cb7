package dev.caretaker.pipeline.demand;

/**
 * Which share of the deleted messages were sent back into the queue by the workers themselves: a
 * worker that fails, or that makes the next step of its own work, sends first and deletes then.
 * While workers are busy they delete as fast as they can, whatever arrives, so that what is sent
 * moves with what is deleted by just this share. Differences of neighbouring periods are used, for
 * what arrives from outside hardly changes between them.
 *
 * @param together sum of the products of both differences, forgotten slowly
 * @param alone sum of the squares of the differences of what was deleted, forgotten likewise
 */
public record Resent(double together, double alone) {
  public static final Resent NONE = new Resent(0, 0);

  /** With each pair of periods the earlier ones weigh so much less. */
  private static final double KEPT = 0.98;

  /** So many differences of a tenth weigh as much as the belief that nothing is sent back. */
  private static final double PRIOR = 4 * 0.01;

  private static final double AT_MOST = 0.9;

  /**
   * Takes in two neighbouring periods; rates of messages per hour.
   *
   * @param usual what is deleted otherwise, which makes large and small queues alike
   */
  Resent counting(double sentMore, double deletedMore, double usual) {
    double x = deletedMore / Math.max(1, usual);
    double y = sentMore / Math.max(1, usual);
    return new Resent(KEPT * together + x * y, KEPT * alone + x * x);
  }

  double share() {
    return Math.max(0, Math.min(AT_MOST, together / (alone + PRIOR)));
  }
}
