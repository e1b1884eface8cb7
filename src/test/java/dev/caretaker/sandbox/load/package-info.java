@NullMarked
package dev.caretaker.sandbox.load;

import org.jspecify.annotations.NullMarked;
