/** Random pipelines with faults, and an auditor who looks for harm. */
@NullMarked
package dev.caretaker.world.pipeline.simulation;

import org.jspecify.annotations.NullMarked;
