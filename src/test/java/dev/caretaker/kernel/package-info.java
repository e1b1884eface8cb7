@NullMarked
package dev.caretaker.kernel;

import org.jspecify.annotations.NullMarked;
