package dev.caretaker.elastic.model;

/**
 * Why a copy stays where it is, in the words of the engine's allocation explain.
 *
 * @param decider the decider that said NO, such as {@code awareness}
 * @param sentence its explanation
 */
public record Explanation(String decider, String sentence) {}
