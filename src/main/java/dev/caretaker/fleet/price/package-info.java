/** What a machine of a pool is likely to cost, from the history of its price. */
@NullMarked
package dev.caretaker.fleet.price;

import org.jspecify.annotations.NullMarked;
