package dev.caretaker.kernel;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** A size or an amount of data, in bytes, never negative. */
public record Bytes(long value) implements Comparable<Bytes> {
  public static final Bytes ZERO = new Bytes(0);

  private static final String UNITS = "bkmgtp";
  private static final Pattern TEXT = Pattern.compile("(\\d+(?:\\.\\d+)?)\\s*(?:([kmgtp])b?|b)?");

  public Bytes {
    if (value < 0) {
      throw new IllegalArgumentException("negative size: " + value);
    }
  }

  /** A size as an engine's settings write it, such as {@code 40mb}; empty where it is none. */
  public static Optional<Bytes> read(String text) {
    var size = TEXT.matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!size.matches()) {
      return Optional.empty();
    }
    int unit = size.group(2) == null ? 0 : UNITS.indexOf(size.group(2));
    return Optional.of(new Bytes((long) (Double.parseDouble(size.group(1)) * (1L << (10 * unit)))));
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
