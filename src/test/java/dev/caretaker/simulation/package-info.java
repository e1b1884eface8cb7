/** Random worlds under the whole decider. */
@NullMarked
package dev.caretaker.simulation;

import org.jspecify.annotations.NullMarked;
