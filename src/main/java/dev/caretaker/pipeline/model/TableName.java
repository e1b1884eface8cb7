package dev.caretaker.pipeline.model;

/** The alias by which programs write to and read from a table; its indices have longer names. */
public record TableName(String value) implements Comparable<TableName> {
  @Override
  public int compareTo(TableName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
