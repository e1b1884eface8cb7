/** The dry run: what a wish would do, in which order, how long it takes, and what refuses. */
@NullMarked
package dev.caretaker.plan;

import org.jspecify.annotations.NullMarked;
