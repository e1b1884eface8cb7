package dev.caretaker.world.simulation;

import java.util.SplittableRandom;

/**
 * How often something goes wrong in one run; each is a chance between 0 and 1.
 *
 * @param crash at each side of each effect: the operator dies there
 * @param lost of a call that never arrives
 * @param unanswered of a call that is carried out, at once or later, and fails all the same
 * @param blind of a read that fails
 * @param stale of a read that shows what was true some seconds ago
 * @param forgetful of a pass that finds its status lost
 * @param misfortune a second, of a node or machine
 * @param badLuck of a node that Caretaker stopped: it does not start, or comes back empty
 * @param meddling a second, of a person's curl
 * @param wishes a second, of a changed spec
 * @param rivals a second, of a second owner
 * @param collapses whether a zone may lose several machines at once
 */
record Mix(
    double crash,
    double lost,
    double unanswered,
    double blind,
    double stale,
    double forgetful,
    double misfortune,
    double badLuck,
    double meddling,
    double wishes,
    double rivals,
    boolean collapses) {
  static final Mix NONE = new Mix(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, false);

  /** Each kind in some runs only, so that long stretches without it exist too. */
  static Mix random(SplittableRandom random) {
    return new Mix(
        sometimes(random, 0.06),
        sometimes(random, 0.08),
        sometimes(random, 0.08),
        sometimes(random, 0.05),
        sometimes(random, 0.15),
        sometimes(random, 0.02),
        sometimes(random, 0.010),
        sometimes(random, 0.4),
        sometimes(random, 0.006),
        sometimes(random, 0.006),
        sometimes(random, 0.002),
        random.nextInt(3) == 0);
  }

  /** The same with a market that takes machines of one kind, soon and again. */
  Mix collapsing() {
    return new Mix(
        crash,
        lost,
        unanswered,
        blind,
        stale,
        forgetful,
        0.02,
        badLuck,
        meddling,
        wishes,
        rivals,
        true);
  }

  private static double sometimes(SplittableRandom random, double most) {
    return random.nextInt(5) < 2 ? random.nextDouble() * most : 0;
  }
}
