package dev.caretaker.fleet.model;

/** A subnet of the spec, and the zone that EC2 says it is in. */
public record Subnet(String id, Zone zone) {}
