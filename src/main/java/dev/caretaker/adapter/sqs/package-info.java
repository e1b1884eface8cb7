/** The queue that EventBridge fills, behind its port. */
@NullMarked
package dev.caretaker.adapter.sqs;

import org.jspecify.annotations.NullMarked;
