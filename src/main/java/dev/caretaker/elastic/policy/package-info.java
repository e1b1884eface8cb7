/** What was asked, parsed: every value validated, every default applied. */
@NullMarked
package dev.caretaker.elastic.policy;

import org.jspecify.annotations.NullMarked;
