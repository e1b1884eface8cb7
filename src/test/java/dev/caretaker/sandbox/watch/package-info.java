@NullMarked
package dev.caretaker.sandbox.watch;

import org.jspecify.annotations.NullMarked;
