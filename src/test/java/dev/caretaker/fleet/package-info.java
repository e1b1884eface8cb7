@NullMarked
package dev.caretaker.fleet;

import org.jspecify.annotations.NullMarked;
