package dev.caretaker.kernel;

import java.util.Optional;

/**
 * How much a machine is worth to its workload, in whatever unit its fleet was given; exact to a
 * thousandth.
 *
 * @param thousandths never negative
 */
public record Utility(long thousandths) implements Comparable<Utility> {
  public static final Utility ZERO = new Utility(0);
  private static final int DIGITS = 3;

  /** The most that can be written; sums of so much stay exact. */
  private static final double MOST = 999_999_999;

  public Utility {
    if (thousandths < 0) {
      throw new IllegalArgumentException("negative utility: " + thousandths);
    }
  }

  /** Utility as people write it, such as {@code 9.5}; empty where it is none. */
  public static Optional<Utility> read(String text) {
    var read = Decimal.read(text, DIGITS, false);
    return read.isPresent() ? Optional.of(new Utility(read.getAsLong())) : Optional.empty();
  }

  public static Utility of(String text) {
    return read(text).orElseThrow(() -> new IllegalArgumentException("not a utility: " + text));
  }

  /**
   * Rounded down, so that a machine is never thought to be worth more than it is; and no more than
   * could be written.
   */
  public static Utility of(double value) {
    double most = Math.min(value, MOST);
    return most <= 0 ? ZERO : new Utility((long) Math.floor(most * 1000 + 1e-6));
  }

  public Utility plus(Utility other) {
    return new Utility(Math.addExact(thousandths, other.thousandths));
  }

  /** What is left, at least nothing. */
  public Utility less(Utility other) {
    return new Utility(Math.max(0, thousandths - other.thousandths));
  }

  public Utility times(long count) {
    return new Utility(Math.multiplyExact(thousandths, count));
  }

  public boolean isMoreThan(Utility other) {
    return thousandths > other.thousandths;
  }

  public Utility or(Utility atLeast) {
    return isMoreThan(atLeast) ? this : atLeast;
  }

  public boolean isZero() {
    return thousandths == 0;
  }

  /** Utility for a dollar an hour; what costs nothing is worth more than anything else. */
  public double perDollar(UsdPerHour price) {
    return price.nanos() <= 0 ? Double.MAX_VALUE : amount() / price.dollars();
  }

  /** For charts and ratios only: sums and comparisons stay exact. */
  public double amount() {
    return thousandths / 1000.0;
  }

  @Override
  public int compareTo(Utility other) {
    return Long.compare(thousandths, other.thousandths);
  }

  @Override
  public String toString() {
    return Decimal.write(thousandths, DIGITS, 0);
  }
}
