package dev.caretaker.fleet.model;

/**
 * A message as it was received.
 *
 * @param id the same each time that it is received
 * @param receipt what it is deleted by; another one each time that it is received
 */
public record QueuedMessage(String id, String receipt, Announcement content) {}
