/** Every change that a fleet can ask of EC2, and what came of it. */
@NullMarked
package dev.caretaker.fleet.action;

import org.jspecify.annotations.NullMarked;
