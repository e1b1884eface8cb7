/** What a fleet would have done over past days, beside on-demand and its predecessor. */
@NullMarked
package dev.caretaker.replay;

import org.jspecify.annotations.NullMarked;
