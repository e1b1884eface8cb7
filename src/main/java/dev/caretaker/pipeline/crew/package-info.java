/** The machines of a pipeline, and how each of them stands. */
@NullMarked
package dev.caretaker.pipeline.crew;

import org.jspecify.annotations.NullMarked;
