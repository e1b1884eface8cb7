/** The imperative shell: read, decide, save, act, tell. */
@NullMarked
package dev.caretaker.pass;

import org.jspecify.annotations.NullMarked;
