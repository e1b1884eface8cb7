package dev.caretaker.pipeline.model;

/** A queue of SQS, by the name that is unique in its account and region. */
public record QueueName(String value) implements Comparable<QueueName> {
  @Override
  public int compareTo(QueueName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
