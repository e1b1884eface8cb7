/** Money and utility of a fleet, counted exactly once. */
@NullMarked
package dev.caretaker.fleet.ledger;

import org.jspecify.annotations.NullMarked;
