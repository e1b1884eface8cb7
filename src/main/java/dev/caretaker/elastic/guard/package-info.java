/** One rule a file: what must hold before a node may be stopped. */
@NullMarked
package dev.caretaker.elastic.guard;

import org.jspecify.annotations.NullMarked;
