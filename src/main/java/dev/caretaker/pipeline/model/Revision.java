package dev.caretaker.pipeline.model;

/** A state of the code as its version control names it, such as a commit hash. */
public record Revision(String value) implements Comparable<Revision> {
  @Override
  public int compareTo(Revision other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
