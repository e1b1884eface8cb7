/** Emptying nodes and zones until nothing is left on them, with proof. */
@NullMarked
package dev.caretaker.elastic.drain;

import org.jspecify.annotations.NullMarked;
