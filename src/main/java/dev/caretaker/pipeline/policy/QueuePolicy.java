package dev.caretaker.pipeline.policy;

import dev.caretaker.pipeline.model.QueueAttributes;
import dev.caretaker.pipeline.model.QueueName;

/**
 * The queue that was asked for.
 *
 * @param create whether it is made where it is absent; else it must be there
 */
public record QueuePolicy(QueueName name, QueueAttributes attributes, boolean create) {}
