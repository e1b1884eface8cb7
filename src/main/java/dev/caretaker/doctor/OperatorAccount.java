package dev.caretaker.doctor;

/** The ServiceAccount that the operator runs as. */
public record OperatorAccount(String namespace, String name) {

  /**
   * Reads {@code NAMESPACE/NAME}.
   *
   * @throws IllegalArgumentException saying how it is written
   */
  public static OperatorAccount of(String text) {
    var parts = text.split("/", -1);
    if (parts.length != 2 || parts[0].isBlank() || parts[1].isBlank()) {
      throw new IllegalArgumentException("write the operator's account as NAMESPACE/NAME: " + text);
    }
    return new OperatorAccount(parts[0], parts[1]);
  }

  @Override
  public String toString() {
    return namespace + "/" + name;
  }
}
