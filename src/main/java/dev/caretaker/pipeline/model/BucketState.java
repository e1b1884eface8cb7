package dev.caretaker.pipeline.model;

/** What S3 says of a bucket. */
public enum BucketState {
  /** There is none of this name. */
  ABSENT,
  /** It is there and can be used. */
  USABLE,
  /** It is there, and another account has it, or nothing in it may be used. */
  FOREIGN
}
