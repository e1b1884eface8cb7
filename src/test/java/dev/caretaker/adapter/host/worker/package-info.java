/** Workers on real machines, or what comes nearest to them. */
@NullMarked
package dev.caretaker.adapter.host.worker;

import org.jspecify.annotations.NullMarked;
