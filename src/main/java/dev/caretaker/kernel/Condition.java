package dev.caretaker.kernel;

/** One thing that people and tools are told about a resource, as Kubernetes conditions do. */
public record Condition(String type, Truth truth, Reason reason) {

  /** The three values a Kubernetes condition can have. */
  public enum Truth {
    TRUE,
    FALSE,
    UNKNOWN
  }

  public static Condition yes(String type, String code, String sentence) {
    return new Condition(type, Truth.TRUE, new Reason(code, sentence));
  }

  public static Condition no(String type, String code, String sentence) {
    return new Condition(type, Truth.FALSE, new Reason(code, sentence));
  }

  public static Condition unknown(String type, String code, String sentence) {
    return new Condition(type, Truth.UNKNOWN, new Reason(code, sentence));
  }
}
