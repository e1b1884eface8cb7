package dev.caretaker.world.market.simulation;

import java.util.List;
import java.util.SplittableRandom;

/** Chance, seeded; in peace nothing goes wrong any more. */
final class Fate {
  private final SplittableRandom random;
  private Chances chances;
  private boolean disturbed;

  Fate(SplittableRandom random, Chances chances) {
    this.random = random;
    this.chances = chances;
  }

  Chances chances() {
    return chances;
  }

  void calm() {
    chances = Chances.NONE;
  }

  /** Whether it struck since this was asked last. */
  boolean wasDisturbed() {
    boolean was = disturbed;
    disturbed = false;
    return was;
  }

  /** A fault; a pass in which one struck cannot be blamed for what it did not do. */
  boolean strikes(double chance) {
    boolean strikes = happens(chance);
    disturbed |= strikes;
    return strikes;
  }

  boolean happens(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  double between(double least, double most) {
    return least + random.nextDouble() * (most - least);
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** The moment before or after an effect. */
  void mayDie() {
    if (strikes(chances.crash())) {
      throw new OperatorDied();
    }
  }
}
