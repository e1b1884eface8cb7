/** The object store of a sandbox, and what people put into it. */
@NullMarked
package dev.caretaker.sandbox.objects;

import org.jspecify.annotations.NullMarked;
