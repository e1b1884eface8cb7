/** Random markets with faults, and an auditor who shares no code with what decides. */
@NullMarked
package dev.caretaker.world.market.simulation;

import org.jspecify.annotations.NullMarked;
