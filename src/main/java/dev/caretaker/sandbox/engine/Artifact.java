package dev.caretaker.sandbox.engine;

/**
 * A file of a Maven repository.
 *
 * @param coordinates group, artifact, version, type and perhaps a classifier, with colons between
 * @param file as Maven names it
 */
public record Artifact(String coordinates, String file) {}
