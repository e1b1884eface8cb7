package dev.caretaker.sandbox.keeper;

/** A program's name, what its process is doing, and the disk below its directory. */
public record ProgramStatus(String name, ProgramState state, DiskSpace disk) {}
