/** Tests of the sandbox as a command. */
@NullMarked
package dev.caretaker.sandbox;

import org.jspecify.annotations.NullMarked;
