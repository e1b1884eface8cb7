/** A spot market in virtual time, behind the same ports as EC2, and a cluster that runs on it. */
@NullMarked
package dev.caretaker.world.market;

import org.jspecify.annotations.NullMarked;
