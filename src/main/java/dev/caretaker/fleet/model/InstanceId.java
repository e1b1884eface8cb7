package dev.caretaker.fleet.model;

/** EC2's id of a machine, such as {@code i-0b6624…}; never used twice. */
public record InstanceId(String value) implements Comparable<InstanceId> {
  @Override
  public int compareTo(InstanceId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
