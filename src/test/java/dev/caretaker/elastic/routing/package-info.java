/** Tests of the package of the same name. */
@NullMarked
package dev.caretaker.elastic.routing;

import org.jspecify.annotations.NullMarked;
