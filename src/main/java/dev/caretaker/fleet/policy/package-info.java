/** What was asked of a fleet, parsed, defaults applied. */
@NullMarked
package dev.caretaker.fleet.policy;

import org.jspecify.annotations.NullMarked;
