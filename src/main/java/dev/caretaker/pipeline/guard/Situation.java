package dev.caretaker.pipeline.guard;

import dev.caretaker.pipeline.crew.Crew;
import dev.caretaker.pipeline.model.PipelineView;
import dev.caretaker.pipeline.model.WorkerId;
import dev.caretaker.pipeline.policy.PipelinePolicy;
import java.time.Instant;
import java.util.SortedMap;

/**
 * What all questions of one decision share.
 *
 * @param sparedSince since when a busy machine was left alone; patience, not safety
 */
public record Situation(
    PipelinePolicy policy,
    PipelineView view,
    Crew crew,
    SortedMap<WorkerId, Instant> sparedSince,
    Instant now) {}
