/** The sandbox: a whole platform on this machine, to look at, to try, and to prove the operator. */
@NullMarked
package dev.caretaker.sandbox;

import org.jspecify.annotations.NullMarked;
