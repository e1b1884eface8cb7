/**
 * Proxies between the operator and the world: they count what it changes, and can kill it right
 * after each change.
 */
@NullMarked
package dev.caretaker.sandbox.recorder;

import org.jspecify.annotations.NullMarked;
