/** Tests of the package of the same name. */
@NullMarked
package dev.caretaker.elastic.guard;

import org.jspecify.annotations.NullMarked;
