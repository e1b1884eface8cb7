package dev.caretaker.pipeline.model;

import java.time.Instant;

/** An object in a bucket that a backfill may ask the workers to work on. */
public record SourceObject(String key, Instant modifiedAt) {}
