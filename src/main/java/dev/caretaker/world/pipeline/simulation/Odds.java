package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.world.pipeline.Chance.Mishap;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * How often something goes wrong in one run; each is a chance between 0 and 1.
 *
 * @param crash at each side of each effect: the operator dies there
 * @param lost of a call that never arrives
 * @param unanswered of a call that is carried out, at once or later, and fails all the same
 * @param blind of a read that fails
 * @param stale of a look at the queue that shows what was true minutes ago
 * @param forgetful of a pass that finds its status lost
 * @param trouble a tick, of machines, cluster, money and people
 * @param wishes a tick, of a changed spec
 * @param mishaps of the platform
 */
record Odds(
    double crash,
    double lost,
    double unanswered,
    double blind,
    double stale,
    double forgetful,
    double trouble,
    double wishes,
    Map<Mishap, Double> mishaps) {
  static final Odds NONE = new Odds(0, 0, 0, 0, 0, 0, 0, 0, Map.of());

  Odds {
    var copy = new EnumMap<Mishap, Double>(Mishap.class);
    copy.putAll(mishaps);
    mishaps = Collections.unmodifiableMap(copy);
  }

  /** Each kind in some runs only, so that long stretches without it exist too. */
  static Odds random(SplittableRandom random) {
    return new Odds(
        sometimes(random, 0.06),
        sometimes(random, 0.10),
        sometimes(random, 0.10),
        sometimes(random, 0.06),
        sometimes(random, 0.30),
        sometimes(random, 0.02),
        0.005 + random.nextDouble() * 0.03,
        sometimes(random, 0.02),
        Map.of(
            Mishap.DIES_BEFORE_DELETING, sometimes(random, 0.02),
            Mishap.DIES_AFTER_SENDING_ON, sometimes(random, 0.05),
            Mishap.PROGRAM_ENDS, sometimes(random, 0.01),
            Mishap.JOB_FAILS, sometimes(random, 0.3),
            Mishap.JOB_HANGS, sometimes(random, 0.1),
            Mishap.BOOTS_RUNNING, sometimes(random, 0.7),
            Mishap.START_UNKNOWN, sometimes(random, 0.1)));
  }

  double of(Mishap mishap) {
    return mishaps.getOrDefault(mishap, 0.0);
  }

  private static double sometimes(SplittableRandom random, double most) {
    return random.nextInt(2) == 0 ? random.nextDouble() * most : 0;
  }
}
