package dev.caretaker.pipeline.model;

import java.util.Optional;

/**
 * What runs on the machines.
 *
 * @param name as their supervisor names it; {@code etl:*} is a group of processes
 * @param directory where its code is on each machine; {@code {worker}} stands for the machine's id
 */
public record Program(String name, Optional<String> directory) {}
