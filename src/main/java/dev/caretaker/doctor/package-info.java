/** A check-up: is everything that a spec needs reachable and allowed, and what to do if not. */
@NullMarked
package dev.caretaker.doctor;

import org.jspecify.annotations.NullMarked;
