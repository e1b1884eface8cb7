/** What is seen of a pipeline: queues, buckets, tables, workers and the fleet they run on. */
@NullMarked
package dev.caretaker.pipeline.model;

import org.jspecify.annotations.NullMarked;
