package dev.caretaker.kernel;

/**
 * Why something is as it is, once for the condition, the event, the metric label and the log line.
 *
 * @param code CamelCase, stable, low cardinality
 * @param sentence for a person at three in the morning; says what to do where something can be done
 */
public record Reason(String code, String sentence) {
  public Reason {
    if (!isCamelCase(code)) {
      throw new IllegalArgumentException("not a CamelCase reason code: " + code);
    }
  }

  private static boolean isCamelCase(String code) {
    for (int i = 0; i < code.length(); i++) {
      char letter = code.charAt(i);
      boolean upper = letter >= 'A' && letter <= 'Z';
      boolean later = (letter >= 'a' && letter <= 'z') || (letter >= '0' && letter <= '9');
      if (!upper && (i == 0 || !later)) {
        return false;
      }
    }
    return !code.isEmpty();
  }
}
