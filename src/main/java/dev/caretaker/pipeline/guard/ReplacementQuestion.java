package dev.caretaker.pipeline.guard;

import dev.caretaker.pipeline.model.Revision;
import dev.caretaker.pipeline.model.WorkerId;

/**
 * Is this machine, which could not be brought to its revision, to be replaced?
 *
 * @param failed machines that could not be brought to it, this one and those that are gone included
 * @param good machines that have it
 */
public record ReplacementQuestion(
    Situation situation, WorkerId machine, Revision revision, long failed, long good) {}
