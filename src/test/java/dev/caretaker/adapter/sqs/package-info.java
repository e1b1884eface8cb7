/** The adapter of SQS before a real queue, and the reading of events. */
@NullMarked
package dev.caretaker.adapter.sqs;

import org.jspecify.annotations.NullMarked;
