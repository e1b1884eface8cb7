package dev.caretaker.world;

/**
 * Something bad that would not be without Caretaker.
 *
 * @param invariant what must never happen, in one word
 */
public record Harm(String invariant, String explanation) {}
