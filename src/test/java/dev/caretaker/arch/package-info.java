/** The shape of the code, kept by tests. */
@NullMarked
package dev.caretaker.arch;

import org.jspecify.annotations.NullMarked;
