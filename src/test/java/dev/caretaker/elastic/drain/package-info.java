/** Tests of the package of the same name. */
@NullMarked
package dev.caretaker.elastic.drain;

import org.jspecify.annotations.NullMarked;
