package dev.caretaker.world.pipeline.simulation;

import dev.caretaker.world.pipeline.Chance;
import java.util.List;
import java.util.SplittableRandom;

/** Chance, seeded; in peace nothing goes wrong any more. */
final class Dice implements Chance {
  private final SplittableRandom random;
  private Odds odds;

  Dice(SplittableRandom random, Odds odds) {
    this.random = random;
    this.odds = odds;
  }

  Odds odds() {
    return odds;
  }

  void calm() {
    odds = Odds.NONE;
  }

  @Override
  public boolean of(Mishap mishap) {
    return happens(odds.of(mishap));
  }

  boolean happens(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }

  @Override
  public int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }

  /** The moment before or after an effect. */
  void mayDie() {
    if (happens(odds.crash())) {
      throw new OperatorDied();
    }
  }
}
