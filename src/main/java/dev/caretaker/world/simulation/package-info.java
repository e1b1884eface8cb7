/** Random worlds, random faults, and the search for harm that Caretaker did in them. */
@NullMarked
package dev.caretaker.world.simulation;

import org.jspecify.annotations.NullMarked;
