/** Every change to a cluster and its machines that exists, and what became of a refused one. */
@NullMarked
package dev.caretaker.elastic.action;

import org.jspecify.annotations.NullMarked;
