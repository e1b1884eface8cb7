/** The rules of the CRD, each tried on a real API server with a spec on either side of it. */
@NullMarked
package dev.caretaker.sandbox.rules;

import org.jspecify.annotations.NullMarked;
