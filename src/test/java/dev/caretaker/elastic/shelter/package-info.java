/** Tests of the package of the same name. */
@NullMarked
package dev.caretaker.elastic.shelter;

import org.jspecify.annotations.NullMarked;
