/** Facts about a cluster, gathered without asking Caretaker and without its code. */
@NullMarked
package dev.caretaker.sandbox.watch;

import org.jspecify.annotations.NullMarked;
