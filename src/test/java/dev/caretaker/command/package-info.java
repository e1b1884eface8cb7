@NullMarked
package dev.caretaker.command;

import org.jspecify.annotations.NullMarked;
