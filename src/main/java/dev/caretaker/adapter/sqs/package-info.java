/** SQS behind its ports: the queue that EventBridge fills, and the queues of pipelines. */
@NullMarked
package dev.caretaker.adapter.sqs;

import org.jspecify.annotations.NullMarked;
