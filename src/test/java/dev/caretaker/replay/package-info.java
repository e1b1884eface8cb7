@NullMarked
package dev.caretaker.replay;

import org.jspecify.annotations.NullMarked;
