package dev.caretaker.world.simulation;

import java.util.SplittableRandom;

/** Everything the operator does to the world goes through here, and may be its last deed. */
final class Effects {
  private final SplittableRandom random;
  private Mix mix;

  Effects(SplittableRandom random, Mix mix) {
    this.random = random;
    this.mix = mix;
  }

  Mix mix() {
    return mix;
  }

  /** From now on nothing goes wrong any more. */
  void calm() {
    mix = Mix.NONE;
  }

  boolean happens(double chance) {
    return chance > 0 && random.nextDouble() < chance;
  }

  int between(int least, int most) {
    return random.nextInt(least, most + 1);
  }

  /** The moment before or after an effect. */
  void mayCrash() {
    if (happens(mix.crash())) {
      throw new Crash();
    }
  }
}
