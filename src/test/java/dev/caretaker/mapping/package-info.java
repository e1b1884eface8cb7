@NullMarked
package dev.caretaker.mapping;

import org.jspecify.annotations.NullMarked;
