package dev.caretaker.pipeline.policy;

import dev.caretaker.pipeline.model.TableName;
import java.time.Duration;

/**
 * How old the newest document may be.
 *
 * @param field the time in a document
 */
public record Freshness(TableName alias, String field, Duration within) {}
