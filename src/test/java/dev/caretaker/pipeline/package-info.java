/** What a pipeline decides, told as a runbook would. */
@NullMarked
package dev.caretaker.pipeline;

import org.jspecify.annotations.NullMarked;
