/** Tests of the package of the same name. */
@NullMarked
package dev.caretaker.elastic.rollout;

import org.jspecify.annotations.NullMarked;
