/** Words that every domain shares: reasons, refusals, verdicts, conditions, and not knowing. */
@NullMarked
package dev.caretaker.kernel;

import org.jspecify.annotations.NullMarked;
