/** The shapes of the custom resources: lenient records with a strict schema, and no behaviour. */
@NullMarked
package dev.caretaker.api;

import org.jspecify.annotations.NullMarked;
