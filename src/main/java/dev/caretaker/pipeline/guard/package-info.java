/** What must hold before a pipeline changes anything: one rule a file, named as its sentence. */
@NullMarked
package dev.caretaker.pipeline.guard;

import org.jspecify.annotations.NullMarked;
