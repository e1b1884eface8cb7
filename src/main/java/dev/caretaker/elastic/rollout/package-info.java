/** Restarting nodes, one safe set after the other. */
@NullMarked
package dev.caretaker.elastic.rollout;

import org.jspecify.annotations.NullMarked;
