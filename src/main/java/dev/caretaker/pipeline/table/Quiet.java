package dev.caretaker.pipeline.table;

import java.time.Instant;

/**
 * Since when nothing is written to an index. It is no promise but a claim that each look tries: as
 * the count never goes back, it holds as long as the count is the same.
 *
 * @param writes that the index had taken then
 * @param since when the look began that saw so many for the first time
 */
public record Quiet(long writes, Instant since) {}
