/** The users of a sandbox cluster: who writes, who reads, and who compares in the end. */
@NullMarked
package dev.caretaker.sandbox.load;

import org.jspecify.annotations.NullMarked;
