/** Between the custom resources and the core: parsers, status writer, progress codec. */
@NullMarked
package dev.caretaker.mapping;

import org.jspecify.annotations.NullMarked;
