package dev.caretaker.kernel;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Decimal numbers as whole numbers of their last digit, so that sums and comparisons are exact. */
final class Decimal {
  private static final Pattern TEXT = Pattern.compile("(\\d{1,9})(?:\\.(\\d{1,12}))?");

  private Decimal() {}

  /**
   * Reads a number that is not negative.
   *
   * @param digits after the point that are kept
   * @param up whether what is cut off rounds the number up, or is dropped
   */
  static OptionalLong read(String text, int digits, boolean up) {
    var number = TEXT.matcher(text.strip());
    if (!number.matches()) {
      return OptionalLong.empty();
    }
    var fraction = number.group(2) == null ? "" : number.group(2);
    var kept = (fraction + "0".repeat(digits)).substring(0, digits);
    long units = Long.parseLong(number.group(1) + kept);
    boolean cut = fraction.length() > digits && !fraction.substring(digits).matches("0*");
    return OptionalLong.of(cut && up ? units + 1 : units);
  }

  /** Without zeros at the end, but with at least so many digits after the point. */
  static String write(long units, int digits, int least) {
    var text = "0".repeat(digits) + Math.abs(units);
    int point = text.length() - digits;
    var whole = Long.toString(Long.parseLong(text.substring(0, point)));
    var fraction = text.substring(point);
    int end = fraction.length();
    while (end > least && fraction.charAt(end - 1) == '0') {
      end--;
    }
    var sign = units < 0 ? "-" : "";
    return sign + (end == 0 ? whole : whole + "." + fraction.substring(0, end));
  }
}
