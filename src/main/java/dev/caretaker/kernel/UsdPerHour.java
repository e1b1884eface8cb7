package dev.caretaker.kernel;

import java.util.Optional;

/**
 * Money per hour, exact to a billionth of a dollar; a difference may be negative.
 *
 * @param nanos billionths of a US dollar per hour; EC2 quotes prices in millionths
 */
public record UsdPerHour(long nanos) implements Comparable<UsdPerHour> {
  public static final UsdPerHour ZERO = new UsdPerHour(0);
  private static final int DIGITS = 9;

  /**
   * Money as people and EC2 write it, such as {@code 4.00}; empty where it is none. It is rounded
   * up, so that what is asked for never costs more than what was counted.
   */
  public static Optional<UsdPerHour> read(String text) {
    var nanos = Decimal.read(text, DIGITS, true);
    return nanos.isPresent() ? Optional.of(new UsdPerHour(nanos.getAsLong())) : Optional.empty();
  }

  public static UsdPerHour of(String text) {
    return read(text).orElseThrow(() -> new IllegalArgumentException("not money: " + text));
  }

  public UsdPerHour plus(UsdPerHour other) {
    return new UsdPerHour(Math.addExact(nanos, other.nanos));
  }

  public UsdPerHour minus(UsdPerHour other) {
    return new UsdPerHour(Math.subtractExact(nanos, other.nanos));
  }

  public UsdPerHour times(long count) {
    return new UsdPerHour(Math.multiplyExact(nanos, count));
  }

  public boolean isMoreThan(UsdPerHour other) {
    return nanos > other.nanos;
  }

  public UsdPerHour or(UsdPerHour atLeast) {
    return isMoreThan(atLeast) ? this : atLeast;
  }

  /** For charts and ratios only: sums and comparisons stay exact. */
  public double dollars() {
    return nanos / 1e9;
  }

  @Override
  public int compareTo(UsdPerHour other) {
    return Long.compare(nanos, other.nanos);
  }

  /** As in a spec: {@code 4.00}, {@code 0.0312}. */
  @Override
  public String toString() {
    return Decimal.write(nanos, DIGITS, 2);
  }
}
