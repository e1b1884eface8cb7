@NullMarked
package dev.caretaker.operator;

import org.jspecify.annotations.NullMarked;
