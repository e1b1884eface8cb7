package dev.caretaker.elastic.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The parts of a mark as one-line texts; what is not ours to read is left out, never guessed. */
final class MarkText {

  private MarkText() {}

  /** {@code id/ephemeralId/name}, comma-separated; ids have neither, names come last. */
  static Optional<String> members(List<Mark.Member> set) {
    return joined(
        set.stream().map(each -> each.id() + "/" + each.ephemeralId() + "/" + each.name()).toList(),
        ",");
  }

  static List<Mark.Member> readMembers(String text) {
    var members = new ArrayList<Mark.Member>();
    for (var part : parts(text, ",")) {
      var fields = part.split("/", 3);
      if (fields.length == 3) {
        members.add(new Mark.Member(new NodeName(fields[2]), new NodeId(fields[0]), fields[1]));
      }
    }
    return members;
  }

  /** {@code 1@index}, comma-separated; an index name may contain @ but no comma. */
  static Optional<String> counts(Map<String, Integer> counts) {
    return joined(
        counts.entrySet().stream().map(each -> each.getValue() + "@" + each.getKey()).toList(),
        ",");
  }

  static SortedMap<String, Integer> readCounts(String text) {
    var counts = new TreeMap<String, Integer>();
    for (var part : parts(text, ",")) {
      int at = part.indexOf('@');
      if (at > 0 && isNumber(part.substring(0, at), 4)) {
        counts.put(part.substring(at + 1), Integer.parseInt(part.substring(0, at)));
      }
    }
    return counts;
  }

  /** {@code key=value}, separated by semicolons, because values contain commas. */
  static Optional<String> values(Map<String, String> values) {
    return joined(
        values.entrySet().stream().map(each -> each.getKey() + "=" + each.getValue()).toList(),
        ";");
  }

  static SortedMap<String, String> readValues(String text) {
    var values = new TreeMap<String, String>();
    for (var part : parts(text, ";")) {
      int at = part.indexOf('=');
      if (at > 0) {
        values.put(part.substring(0, at), part.substring(at + 1));
      }
    }
    return values;
  }

  static long sequence(String nonce) {
    int end = nonce.indexOf('-');
    var digits = end < 0 ? nonce : nonce.substring(0, end);
    return isNumber(digits, 18) ? Long.parseLong(digits) : 0;
  }

  /** A mark is read many times in a decision; patterns were a tenth of its time. */
  private static boolean isNumber(String text, int mostDigits) {
    return !text.isEmpty()
        && text.length() <= mostDigits
        && text.chars().allMatch(letter -> letter >= '0' && letter <= '9');
  }

  private static Optional<String> joined(List<String> parts, String separator) {
    return parts.isEmpty()
        ? Optional.empty()
        : Optional.of(parts.stream().collect(Collectors.joining(separator)));
  }

  private static List<String> parts(String text, String separator) {
    return text.isEmpty() ? List.of() : List.of(text.split(separator));
  }
}
