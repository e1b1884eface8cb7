package dev.caretaker.elastic.model;

/** The persistent node id: survives a restart, not a wiped disk. */
public record NodeId(String value) implements Comparable<NodeId> {
  @Override
  public int compareTo(NodeId other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
