/** Where the copies of a set of nodes can be safe while it is away. */
@NullMarked
package dev.caretaker.elastic.shelter;

import org.jspecify.annotations.NullMarked;
