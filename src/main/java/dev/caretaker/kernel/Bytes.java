package dev.caretaker.kernel;

import java.util.Locale;

/** A size or an amount of data, in bytes, never negative. */
public record Bytes(long value) implements Comparable<Bytes> {
  public static final Bytes ZERO = new Bytes(0);

  public Bytes {
    if (value < 0) {
      throw new IllegalArgumentException("negative size: " + value);
    }
  }

  public Bytes plus(Bytes other) {
    return new Bytes(value + other.value);
  }

  @Override
  public int compareTo(Bytes other) {
    return Long.compare(value, other.value);
  }

  /** Short, for people: {@code 512 B}, {@code 3.4 GiB}. */
  @Override
  public String toString() {
    if (value < 1024) {
      return value + " B";
    }
    var units = "KMGTP";
    double scaled = value / 1024.0;
    int unit = 0;
    while (scaled >= 1024 && unit < units.length() - 1) {
      scaled /= 1024;
      unit++;
    }
    return String.format(Locale.ROOT, "%.1f %ciB", scaled, units.charAt(unit));
  }
}
