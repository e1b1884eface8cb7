/** What became of spot machines, judged by the market's own book and by looks at the cluster. */
@NullMarked
package dev.caretaker.sandbox.audit;

import org.jspecify.annotations.NullMarked;
