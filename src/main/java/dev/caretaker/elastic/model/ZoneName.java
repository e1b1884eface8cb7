package dev.caretaker.elastic.model;

/** A value of the zone attribute, such as {@code backup} or {@code spot}. */
public record ZoneName(String value) implements Comparable<ZoneName> {
  @Override
  public int compareTo(ZoneName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
