package dev.caretaker.fleet.model;

/**
 * A message as it was received.
 *
 * @param receipt what it is deleted by; another one each time that it is received
 */
public record QueuedMessage(String receipt, Announcement content) {}
