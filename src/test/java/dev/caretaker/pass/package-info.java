@NullMarked
package dev.caretaker.pass;

import org.jspecify.annotations.NullMarked;
