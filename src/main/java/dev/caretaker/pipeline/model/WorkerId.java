package dev.caretaker.pipeline.model;

/** A machine that runs a pipeline's programs: an instance id, or the name of a node. */
public record WorkerId(String value) implements Comparable<WorkerId> {
  @Override
  public int compareTo(WorkerId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
