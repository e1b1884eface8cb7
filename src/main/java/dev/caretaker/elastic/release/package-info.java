/** Lifting by hand everything that Caretaker holds in a cluster. */
@NullMarked
package dev.caretaker.elastic.release;

import org.jspecify.annotations.NullMarked;
