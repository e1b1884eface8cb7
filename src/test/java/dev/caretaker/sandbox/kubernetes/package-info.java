/** Tests of the API server that we start ourselves. */
@NullMarked
package dev.caretaker.sandbox.kubernetes;

import org.jspecify.annotations.NullMarked;
