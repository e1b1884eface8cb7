/** What was asked of a pipeline, parsed, defaults applied. */
@NullMarked
package dev.caretaker.pipeline.policy;

import org.jspecify.annotations.NullMarked;
