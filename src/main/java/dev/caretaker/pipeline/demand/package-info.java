/** From what a queue shows of itself to the machines that are asked for, and whose they are. */
@NullMarked
package dev.caretaker.pipeline.demand;

import org.jspecify.annotations.NullMarked;
