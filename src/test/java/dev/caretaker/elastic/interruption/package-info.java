@NullMarked
package dev.caretaker.elastic.interruption;

import org.jspecify.annotations.NullMarked;
