package dev.caretaker.elastic.action;

import java.time.Instant;

/**
 * An action that the world refused or that failed, as the last passes saw it.
 *
 * @param unknownOutcome it may have been, or may still be, carried out
 */
public record RefusedAction(EsAction action, String sentence, boolean unknownOutcome, Instant at) {}
