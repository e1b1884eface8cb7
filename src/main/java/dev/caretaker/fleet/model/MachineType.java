package dev.caretaker.fleet.model;

/** An instance type, such as {@code m5d.large}. */
public record MachineType(String value) implements Comparable<MachineType> {
  @Override
  public int compareTo(MachineType other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
