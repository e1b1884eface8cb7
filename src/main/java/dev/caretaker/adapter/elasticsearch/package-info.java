/** The cluster port over the engine's REST interface: what was seen, in the core's words. */
@NullMarked
package dev.caretaker.adapter.elasticsearch;

import org.jspecify.annotations.NullMarked;
