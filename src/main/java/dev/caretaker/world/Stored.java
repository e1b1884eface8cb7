package dev.caretaker.world;

/** What a machine's disk holds of a shard, assigned or left over. */
final class Stored {
  String allocationId;

  /** How many of the shard's writes are in it; writes come in one order, so this is a prefix. */
  long documents;

  long bytes;

  Stored(String allocationId, long documents, long bytes) {
    this.allocationId = allocationId;
    this.documents = documents;
    this.bytes = bytes;
  }
}
