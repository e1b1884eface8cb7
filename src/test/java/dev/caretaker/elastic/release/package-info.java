@NullMarked
package dev.caretaker.elastic.release;

import org.jspecify.annotations.NullMarked;
