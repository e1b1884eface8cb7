package dev.caretaker.pipeline.model;

import java.util.Optional;

/**
 * What the EsCluster that holds the tables says of itself.
 *
 * @param serving whether a real query is answered
 * @param recovering copies are missing or being rebuilt, so that work is slow for reasons of its
 *     own
 * @param holding why workers must not work now, such as an open Incident; empty: they may
 */
public record ClusterView(boolean serving, boolean recovering, Optional<String> holding) {}
