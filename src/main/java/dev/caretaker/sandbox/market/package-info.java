/** A stand-in for EC2 on the loopback address: a spot market behind EC2's wire protocol. */
@NullMarked
package dev.caretaker.sandbox.market;

import org.jspecify.annotations.NullMarked;
