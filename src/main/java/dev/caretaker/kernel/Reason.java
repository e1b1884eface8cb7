package dev.caretaker.kernel;

import java.util.regex.Pattern;

/**
 * Why something is as it is, once for the condition, the event, the metric label and the log line.
 *
 * @param code CamelCase, stable, low cardinality
 * @param sentence for a person at three in the morning; says what to do where something can be done
 */
public record Reason(String code, String sentence) {
  private static final Pattern CODE = Pattern.compile("[A-Z][A-Za-z0-9]*");

  public Reason {
    if (!CODE.matcher(code).matches()) {
      throw new IllegalArgumentException("not a CamelCase reason code: " + code);
    }
  }
}
