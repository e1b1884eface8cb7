package dev.caretaker.elastic.model;

/** A shard of an index; its copies are one primary and its replicas. */
public record ShardId(String index, int number) implements Comparable<ShardId> {
  @Override
  public int compareTo(ShardId other) {
    int byIndex = index.compareTo(other.index);
    return byIndex != 0 ? byIndex : Integer.compare(number, other.number);
  }

  @Override
  public String toString() {
    return index + "[" + number + "]";
  }
}
