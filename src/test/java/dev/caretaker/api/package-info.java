@NullMarked
package dev.caretaker.api;

import org.jspecify.annotations.NullMarked;
