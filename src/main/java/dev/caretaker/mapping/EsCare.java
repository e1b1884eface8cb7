package dev.caretaker.mapping;

import dev.caretaker.elastic.policy.EsPolicy;

/** A whole EsCluster spec, parsed: what is wanted, and how to reach what it is wanted of. */
public record EsCare(EsPolicy policy, EsAccess access) {}
