package dev.caretaker.kernel;

/**
 * Why something is as it is, once for the condition, the event, the metric label and the log line.
 *
 * @param code CamelCase, stable, low cardinality
 * @param sentence for a person at three in the morning; says what to do where something can be done
 */
public record Reason(String code, String sentence) {
  public Reason {
    if (!code.matches("[A-Z][A-Za-z0-9]*")) {
      throw new IllegalArgumentException("not a CamelCase reason code: " + code);
    }
  }
}
