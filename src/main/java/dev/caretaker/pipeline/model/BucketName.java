package dev.caretaker.pipeline.model;

/** A bucket of S3; its name is unique in the world. */
public record BucketName(String value) implements Comparable<BucketName> {
  @Override
  public int compareTo(BucketName other) {
    return value.compareTo(other.value);
  }

  @Override
  public String toString() {
    return value;
  }
}
