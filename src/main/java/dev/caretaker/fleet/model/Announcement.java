package dev.caretaker.fleet.model;

/** What a message of the queue comes to. */
public sealed interface Announcement {

  /** News of a machine, of this fleet or of any other. */
  record News(Notice notice) implements Announcement {}

  /** A message that is whole, and about something else; it may be deleted. */
  record Irrelevant(String because) implements Announcement {}

  /** A message that cannot be read; the queue's redrive policy puts it aside for people. */
  record Malformed(String because) implements Announcement {}
}
