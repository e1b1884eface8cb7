package dev.caretaker.world.market.simulation;

import java.util.SplittableRandom;

/**
 * How often something goes wrong in one run; each is a chance between 0 and 1.
 *
 * @param crash at each side of each effect: the operator dies there
 * @param lost of a call that never arrives
 * @param unanswered of a call that is carried out, at once or later, and fails all the same
 * @param blind of a read that fails
 * @param stale of a pass that is shown what was true up to a minute ago
 * @param forgetful of a pass that finds its status lost
 * @param market a tick, of the market: prices, capacity, interruptions
 * @param wishes a tick, of a changed spec
 */
record Chances(
    double crash,
    double lost,
    double unanswered,
    double blind,
    double stale,
    double forgetful,
    double market,
    double wishes) {
  static final Chances NONE = new Chances(0, 0, 0, 0, 0, 0, 0, 0);

  /** Each kind in some runs only, so that long stretches without it exist too. */
  static Chances random(SplittableRandom random) {
    return new Chances(
        sometimes(random, 0.06),
        sometimes(random, 0.10),
        sometimes(random, 0.10),
        sometimes(random, 0.05),
        sometimes(random, 0.30),
        sometimes(random, 0.02),
        0.002 + random.nextDouble() * 0.015,
        sometimes(random, 0.008));
  }

  private static double sometimes(SplittableRandom random, double most) {
    return random.nextInt(5) < 3 ? random.nextDouble() * most : 0;
  }
}
