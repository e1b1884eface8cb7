/** A queue, its producers and workers, tables and a fleet in virtual time, behind the ports. */
@NullMarked
package dev.caretaker.world.pipeline;

import org.jspecify.annotations.NullMarked;
