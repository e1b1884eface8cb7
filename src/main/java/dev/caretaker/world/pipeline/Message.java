package dev.caretaker.world.pipeline;

import java.time.Instant;

/** A message: it names a document that shall be stored. */
final class Message {
  final String document;
  final Instant sentAt;
  Instant visibleAt;
  int receives;

  Message(String document, Instant sentAt, Instant visibleAt) {
    this.document = document;
    this.sentAt = sentAt;
    this.visibleAt = visibleAt;
  }
}
