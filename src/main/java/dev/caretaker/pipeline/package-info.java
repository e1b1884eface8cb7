/**
 * A queue, the programs that consume it, and what they read and write: decided here, done
 * elsewhere.
 */
@NullMarked
package dev.caretaker.pipeline;

import org.jspecify.annotations.NullMarked;
