/** The command line of Caretaker. */
@NullMarked
package dev.caretaker;

import org.jspecify.annotations.NullMarked;
