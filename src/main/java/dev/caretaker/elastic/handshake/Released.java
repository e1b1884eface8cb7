package dev.caretaker.elastic.handshake;

import java.time.Instant;

/**
 * The answer that a machine may go: its node is out of the cluster, its process is stopped, and
 * nothing on its disk is needed. It is never taken back.
 *
 * @param requestId of the fleet's request that it answers
 */
public record Released(String requestId, String instanceId, Instant at) {}
