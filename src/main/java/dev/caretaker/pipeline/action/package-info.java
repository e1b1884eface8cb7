/** Every change that a pipeline can ask of the world. */
@NullMarked
package dev.caretaker.pipeline.action;

import org.jspecify.annotations.NullMarked;
