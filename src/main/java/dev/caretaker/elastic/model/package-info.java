/** What was seen of a cluster, and what it is made of. */
@NullMarked
package dev.caretaker.elastic.model;

import org.jspecify.annotations.NullMarked;
