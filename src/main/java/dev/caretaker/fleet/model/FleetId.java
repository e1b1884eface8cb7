package dev.caretaker.fleet.model;

/**
 * Which fleet this is.
 *
 * @param uid the resource's UID: a fleet that is created anew has another, and owns nothing of the
 *     one before
 */
public record FleetId(String namespace, String name, String uid) {}
