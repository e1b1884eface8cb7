package dev.caretaker.fleet.model;

/**
 * A subnet of the spec, and the zone that EC2 says it is in.
 *
 * @param free addresses that it has left; each machine takes one
 */
public record Subnet(String id, Zone zone, int free) {}
