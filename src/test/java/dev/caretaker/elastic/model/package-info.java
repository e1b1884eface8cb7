/** Tests of what is seen of a cluster. */
@NullMarked
package dev.caretaker.elastic.model;

import org.jspecify.annotations.NullMarked;
