package dev.caretaker.world.pipeline;

import dev.caretaker.pipeline.model.TableName;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/** An index, with the ids of its documents: what is stored twice is there once. */
public final class SimIndex {
  private final String name;
  private final String uuid;
  private final String mapping;
  private final Instant createdAt;
  private final Set<String> documents = new HashSet<>();
  private Optional<TableName> alias = Optional.empty();
  private boolean written;
  private Instant lastStoredAt;
  private Instant lastWrittenAt;
  private long writes;
  private Optional<Instant> snapshotAt = Optional.empty();

  SimIndex(String name, String uuid, String mapping, Instant createdAt) {
    this.name = name;
    this.uuid = uuid;
    this.mapping = mapping;
    this.createdAt = createdAt;
    this.lastStoredAt = createdAt;
    this.lastWrittenAt = createdAt;
  }

  public String name() {
    return name;
  }

  public String uuid() {
    return uuid;
  }

  public String mapping() {
    return mapping;
  }

  public Instant createdAt() {
    return createdAt;
  }

  public int documents() {
    return documents.size();
  }

  public boolean carries(TableName asked) {
    return alias.filter(asked::equals).isPresent();
  }

  /** Whether any alias leads to it. */
  public boolean isNamed() {
    return alias.isPresent();
  }

  public boolean isWritten() {
    return written;
  }

  /** When a document came into it last, or it was made. */
  public Instant lastStoredAt() {
    return lastStoredAt;
  }

  /** When anything was changed in it, by the alias or by its name. */
  public Instant lastWrittenAt() {
    return lastWrittenAt;
  }

  /** How many times that was. */
  public long writes() {
    return writes;
  }

  /** A document that is there is corrected. */
  public void write(Instant now) {
    writes++;
    lastWrittenAt = now;
  }

  public Optional<Instant> snapshotAt() {
    return snapshotAt;
  }

  /** The alias leads here, and perhaps writes here. */
  public void give(TableName name, boolean writes) {
    alias = Optional.of(name);
    written = writes;
  }

  /** A person takes the alias away. */
  public void strip() {
    alias = Optional.empty();
    written = false;
  }

  void writesNoMore() {
    written = false;
  }

  void store(String document, Instant now) {
    documents.add(document);
    lastStoredAt = now;
    write(now);
  }

  void snapshot(Instant at) {
    snapshotAt = Optional.of(at);
  }
}
