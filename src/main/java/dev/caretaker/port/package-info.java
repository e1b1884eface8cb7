/** What the shell may ask of the world: values in, values out. */
@NullMarked
package dev.caretaker.port;

import org.jspecify.annotations.NullMarked;
