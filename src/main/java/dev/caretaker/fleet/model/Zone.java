package dev.caretaker.fleet.model;

/** An availability zone by its name in this account, such as {@code us-west-2a}. */
public record Zone(String value) implements Comparable<Zone> {
  @Override
  public int compareTo(Zone other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
