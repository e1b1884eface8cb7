/** Measurements, each with a main of its own. */
@NullMarked
package dev.caretaker.bench;

import org.jspecify.annotations.NullMarked;
