package dev.caretaker.elastic.model;

/** The name a node has in elasticsearch.yml ({@code node.name}); survives a new disk. */
public record NodeName(String value) implements Comparable<NodeName> {
  @Override
  public int compareTo(NodeName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
