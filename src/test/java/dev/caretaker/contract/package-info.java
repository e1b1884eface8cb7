/** What every side of a port must do alike, the simulated and the real. */
@NullMarked
package dev.caretaker.contract;

import org.jspecify.annotations.NullMarked;
