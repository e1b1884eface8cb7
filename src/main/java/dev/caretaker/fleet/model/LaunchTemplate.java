package dev.caretaker.fleet.model;

/** The launch template that machines are made from, in one version. */
public record LaunchTemplate(String name, String version) {}
