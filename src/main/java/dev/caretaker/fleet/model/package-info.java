/** What was seen of a fleet and of its market. */
@NullMarked
package dev.caretaker.fleet.model;

import org.jspecify.annotations.NullMarked;
